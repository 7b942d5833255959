"""Where the practice is paid."""

from steadwell.practices.models import Practice, PracticeProfile


def locality_of(practice: Practice) -> str:
    """The practice's locality as the rules name it, 15202-00; empty where it is not on record."""
    profile = PracticeProfile.objects.filter(practice=practice).first()
    if profile is None or not (profile.carrier and profile.locality):
        return ""
    return f"{profile.carrier}-{profile.locality}"
