"""Files in the layouts of CMS, with made-up numbers."""

from decimal import Decimal

_ABOVE = (
    ",,,STATUS,MEDICARE,WORK,NON-FAC,NA,FACILITY,NA,MP,NON-FACILITY,FACILITY,PCTC,GLOB,PRE,INTRA,POST,"
    "MULT,BILAT,ASST,CO-,TEAM,PRIC,ENDO,CONV,DIAGNOSTIC,CALCULATION,FAMILY,PAYMENT,PAYMENT,PAYMENT"
)
_HEADER = (
    "HCPCS,MOD,DESCRIPTION,CODE,PAYMENT,RVU,PE RVU,INDICATOR,PE RVU,INDICATOR,RVU,TOTAL,TOTAL,IND,DAYS,"
    "OP,OP,OP,PROC,SURG,SURG,SURG,SURG,IND,BASE,FACTOR,PROCEDURES,FLAG,INDICATOR,AMOUNT,AMOUNT,AMOUNT"
)
PPRRVU = "PPRRVU2027_Jan_nonQPP.csv"
PPRRVU_QPP = "PPRRVU2027_Jan_QPP.csv"
GPCI = "GPCI2027.csv"
PTP = "ccipra-v330r0-f1.txt"
MUE = "MCR_MUE_PractitionerServices_Eff_01-01-2027.csv"


def code_row(
    code: str, work: str, office: str, facility: str, malpractice: str, *,
    factor: str = "34.0000", status: str = "A", modifier: str = "",
) -> str:  # fmt: skip
    totals = [Decimal(work) + Decimal(each) + Decimal(malpractice) for each in (office, facility)]
    cells = [
        code,
        modifier,
        "",
        status,
        "",
        work,
        office,
        "",
        facility,
        "",
        malpractice,
        *map(str, totals),
    ]
    return ",".join([*cells, *["0"] * 12, factor, "09", "0", "99", "0.00", "0.00", "0.00"])


ROWS = (
    code_row("99490", "1.00", "0.95", "0.25", "0.07"),
    code_row("99439", "0.70", "0.80", "0.18", "0.05"),
    code_row("98978", "0.00", "0.00", "0.00", "0.00", status="C"),
    code_row("71046", "0.21", "0.76", "0.76", "0.02"),
    code_row("71046", "0.21", "0.08", "0.08", "0.01", modifier="26"),
)


def relative_values(*rows: str, year: int = 2027) -> str:
    title = f",,{year} National Physician Fee Schedule Relative Value File January Release"
    return "\r\n".join([title, ",,RELEASED 12/30/2026", _ABOVE, _HEADER, *(rows or ROWS), ""])


def qualifying(factor: str = "34.2000") -> str:
    return relative_values(*(row.replace("34.0000", factor) for row in ROWS))


PLACES = (
    "15202,OH,00,OHIO,0.990,1.000,0.910,1.030",
    "13202,NY,01,MANHATTAN,1.060,1.060,1.170,1.660",
)


def geography(*rows: str, year: int = 2027) -> str:
    header = (
        "Medicare Administrative Contractor (MAC),State,Locality Number,Locality Name,"
        f"{year} PW GPCI (without 1.0 Floor),{year} PW GPCI (with 1.0 Floor),{year} PE GPCI,{year} MP GPCI"
    )
    title = f"ADDENDUM E. FINAL CY {year} GEOGRAPHIC PRACTICE COST INDICES (GPCIs),,,,,,,"
    return "\r\n".join(
        [title, ",,,,,,,", header, *(rows or PLACES), ",,,,,,,", "*A footnote.,,,,,,,", ""]
    )


def pairs(*rows: str) -> str:
    header = (
        "CPT only copyright 2026 American Medical Association.  All rights reserved.\r\n"
        "Column1/Column2 Edits\r\n"
        "Column 1\tColumn 2\t*=in existence\tEffective\tDeletion\tModifier\tPTP Edit Rationale\r\n"
        "\t\tprior to 1996\tDate\tDate\t0=not allowed\t\r\n"
        "\t\t\t\t*=no data\t1=allowed\t\r\n"
        "\t\t\t\t\t9=not applicable\t\r\n"
    )
    return header + "".join(f"{row}\r\n" for row in rows)


def pair_row(one: str, other: str, start: str, end: str = "*", modifier: str = "0") -> str:
    return f"{one}\t{other}\t\t{start}\t{end}\t{modifier}\tMisuse of column two code with column one code"


def units(*rows: str) -> str:
    notice = '"CPT codes and other data are copyright.\r\nAll rights reserved.",,,\r\n'
    header = '"HCPCS/\r\nCPT Code","Practitioner Services MUE Values","MUE Adjudication Indicator"'
    header += ',"MUE Rationale"'
    return "\r\n".join([notice + header, *rows, ""])


def unit_row(code: str, at_most: int, counted: str = "2 Date of Service Edit: Policy") -> str:
    return f'{code},{at_most},"{counted}","Code Descriptor / CPT Instruction"'
