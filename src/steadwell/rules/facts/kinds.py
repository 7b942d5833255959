"""The closed lists of the case format: what a fact may be."""

from enum import StrEnum


class Word(StrEnum):
    """A word of a closed list. It hashes as the text it is, which is much faster than as a member."""

    __hash__ = str.__hash__


class Payer(Word):
    MEDICARE_FFS = "medicare_ffs"
    RAILROAD_MEDICARE = "railroad_medicare"
    MEDICARE_SECONDARY = "medicare_secondary"
    MEDICARE_ADVANTAGE = "medicare_advantage"
    MEDICAID = "medicaid"
    COMMERCIAL = "commercial"
    SELF_PAY = "self_pay"


class Secondary(Word):
    MEDIGAP = "medigap"
    MEDICAID = "medicaid"
    NONE = "none"


class PracticeKind(Word):
    PHYSICIAN_OFFICE = "physician_office"
    HOSPITAL_OUTPATIENT = "hospital_outpatient"
    RHC = "rhc"
    FQHC = "fqhc"


class Program(Word):
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


class ConsentForm(Word):
    VERBAL = "verbal"
    WRITTEN = "written"


class Credential(Word):
    CLINICAL_STAFF = "clinical_staff"
    PRACTITIONER = "practitioner"
    NON_CLINICAL = "non_clinical"
    AUTOMATED = "automated"
    COMMUNITY_HEALTH_WORKER = "community_health_worker"
    PEER_SPECIALIST = "peer_specialist"


class MdmLevel(Word):
    STRAIGHTFORWARD = "straightforward"
    LOW = "low"
    MODERATE = "moderate"
    HIGH = "high"


class Elects(Word):
    PERSONAL = "personal"
    POOLED = "pooled"


class StayKind(Word):
    INPATIENT = "inpatient"
    SNF_PART_A = "snf_part_a"
    NURSING_FACILITY = "nursing_facility"


class MonitoringFamily(Word):
    RPM = "rpm"
    RTM_RESPIRATORY = "rtm_respiratory"
    RTM_MUSCULOSKELETAL = "rtm_musculoskeletal"
    RTM_CBT = "rtm_cbt"


class DischargedFrom(Word):
    INPATIENT = "inpatient"
    PSYCHIATRIC = "psychiatric"
    REHAB = "rehab"
    LTCH = "ltch"
    SNF = "snf"
    OBSERVATION = "observation"


class DischargedTo(Word):
    HOME = "home"
    ASSISTED_LIVING = "assisted_living"
    DOMICILIARY = "domiciliary"
    SNF = "snf"
    NURSING_FACILITY = "nursing_facility"
