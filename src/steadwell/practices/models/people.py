"""People who sign in, and what they may do in which practice."""

import uuid
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models

from steadwell.practices.models.practice import Practice


class PersonManager(BaseUserManager["Person"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "Person":
        """A person who can sign in; without a password only by a passkey or an invitation."""
        person = self.model(email=self.normalize_email(email).lower(), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person


class Person(AbstractBaseUser):
    """One human, whatever the practices. Sign-in is by e-mail."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(unique=True)
    full_name = models.CharField(max_length=120)
    is_active = models.BooleanField(default=True)
    is_operator = models.BooleanField(default=False)  # runs the platform; reads no tenant table
    theme = models.CharField(max_length=5, blank=True, default="")

    objects: ClassVar[PersonManager] = PersonManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["full_name"]

    def __str__(self) -> str:
        return self.full_name

    @property
    def initials(self) -> str:
        words = self.full_name.split(",")[0].replace("Dr. ", "").split()
        return "".join(word[0] for word in (words[:1] + words[-1:])).upper() if words else "?"


class Role(models.TextChoices):
    CARE_MANAGER = "care_manager", "Care manager"
    ENROLLMENT = "enrollment", "Enrollment specialist"
    PRACTITIONER = "practitioner", "Billing practitioner"
    PRACTICE_MANAGER = "practice_manager", "Practice manager"
    COMPLIANCE = "compliance", "Compliance lead"


class Membership(models.Model):
    """A person's work in a practice. Seen by the practice, and by the person everywhere."""

    practice = models.ForeignKey(
        Practice, on_delete=models.PROTECT, db_index=False, related_name="memberships"
    )
    public_id = models.UUIDField(default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    roles = ArrayField(models.CharField(max_length=30, choices=Role.choices))
    credential = models.CharField(max_length=30, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "public_id"], name="practices_membership_public"
            ),
            models.UniqueConstraint(
                fields=["practice", "person"],
                condition=models.Q(ends_on=None),
                name="practices_membership_once",
            ),
        ]

    def __str__(self) -> str:
        return f"membership {self.pk}"

    def has_role(self, *roles: str) -> bool:
        return any(role in self.roles for role in roles)

    @property
    def role_names(self) -> str:
        return ", ".join(Role(role).label for role in self.roles)
