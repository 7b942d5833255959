"""The audit packet of an approved patient-month: PDF and data, from the frozen snapshot only."""

from steadwell.claims.packet.content import as_json, fault_of, packet_content
from steadwell.claims.packet.document import as_pdf
from steadwell.claims.packet.put import put_packet

__all__ = ["as_json", "as_pdf", "fault_of", "packet_content", "put_packet"]
