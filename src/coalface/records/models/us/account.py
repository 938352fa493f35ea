"""A sign-in; most people in the directory never have one."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac


class Account(AbstractBaseUser):
    """Somebody who signs in, by e-mail or by staff code; what they may do hangs on their person's grants."""

    email = models.EmailField(max_length=254, blank=True)
    person = models.OneToOneField("records.Person", models.PROTECT, related_name="account")
    language = models.CharField(max_length=8, blank=True)
    time_zone = models.CharField(max_length=64, blank=True)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()
    sessions_ended_at = models.DateTimeField(
        null=True, blank=True, help_text="what was opened before is open no more"
    )

    objects = BaseUserManager()

    USERNAME_FIELD = EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                Lower("email"), condition=~models.Q(email=""), name="one_account_per_email"
            ),
        )

    def __str__(self) -> str:
        return self.email or f"account of {self.person_id}"

    def get_session_auth_hash(self) -> str:
        """What a session must carry to be good: another one after a new password, or once all were ended."""
        ended = self.sessions_ended_at.timestamp() if self.sessions_ended_at else ""
        return salted_hmac("coalface.account", f"{self.password} {ended}", algorithm="sha256").hexdigest()

    def get_session_auth_fallback_hash(self) -> tuple[str, ...]:
        """None: a key that was put away makes no session good."""
        return ()
