"""The audit packet of an approved patient-month, as PDF and data, alone and sealed with others."""

from steadwell.claims.packet.bundle import put_bundle, write_bundle
from steadwell.claims.packet.content import as_json, packet_content
from steadwell.claims.packet.document import as_pdf
from steadwell.claims.packet.wanted import NoPacket, Wanted, approvals_wanted, require_wanted

__all__ = [
    "NoPacket",
    "Wanted",
    "approvals_wanted",
    "as_json",
    "as_pdf",
    "packet_content",
    "put_bundle",
    "require_wanted",
    "write_bundle",
]
