"""The closed lists of the case format: what a fact may be."""

from enum import StrEnum


class Payer(StrEnum):
    MEDICARE_FFS = "medicare_ffs"
    RAILROAD_MEDICARE = "railroad_medicare"
    MEDICARE_SECONDARY = "medicare_secondary"
    MEDICARE_ADVANTAGE = "medicare_advantage"
    MEDICAID = "medicaid"
    COMMERCIAL = "commercial"
    SELF_PAY = "self_pay"


class Secondary(StrEnum):
    MEDIGAP = "medigap"
    MEDICAID = "medicaid"
    NONE = "none"


class PracticeKind(StrEnum):
    PHYSICIAN_OFFICE = "physician_office"
    HOSPITAL_OUTPATIENT = "hospital_outpatient"
    RHC = "rhc"
    FQHC = "fqhc"


class Program(StrEnum):
    CCM = "ccm"
    PCM = "pcm"
    APCM = "apcm"
    BHI = "bhi"
    COCM = "cocm"
    TCM = "tcm"
    RPM = "rpm"
    RTM = "rtm"
    CHI = "chi"
    PIN = "pin"
    PAIN = "pain"


class ConsentForm(StrEnum):
    VERBAL = "verbal"
    WRITTEN = "written"


class Credential(StrEnum):
    CLINICAL_STAFF = "clinical_staff"
    PRACTITIONER = "practitioner"
    NON_CLINICAL = "non_clinical"
    AUTOMATED = "automated"
    COMMUNITY_HEALTH_WORKER = "community_health_worker"
    PEER_SPECIALIST = "peer_specialist"


class MdmLevel(StrEnum):
    STRAIGHTFORWARD = "straightforward"
    LOW = "low"
    MODERATE = "moderate"
    HIGH = "high"


class Elects(StrEnum):
    PERSONAL = "personal"
    POOLED = "pooled"


class StayKind(StrEnum):
    INPATIENT = "inpatient"
    SNF_PART_A = "snf_part_a"
    NURSING_FACILITY = "nursing_facility"


class MonitoringFamily(StrEnum):
    RPM = "rpm"
    RTM_RESPIRATORY = "rtm_respiratory"
    RTM_MUSCULOSKELETAL = "rtm_musculoskeletal"
    RTM_CBT = "rtm_cbt"


class DischargedFrom(StrEnum):
    INPATIENT = "inpatient"
    PSYCHIATRIC = "psychiatric"
    REHAB = "rehab"
    LTCH = "ltch"
    SNF = "snf"
    OBSERVATION = "observation"


class DischargedTo(StrEnum):
    HOME = "home"
    ASSISTED_LIVING = "assisted_living"
    DOMICILIARY = "domiciliary"
    SNF = "snf"
    NURSING_FACILITY = "nursing_facility"
