"""What a person chooses for himself; the admin of Wagtail follows."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction
from wagtail.users.models import UserProfile

from people.errors import Refusal
from people.models import User


class LanguageUnknown(Refusal):
    """The site does not speak the language."""

    code = "language_unknown"
    status = 400


@transaction.atomic
def language_set(*, person: User, language: str) -> None:
    """The language of the site and of the admin, kept equal."""
    if language not in dict(settings.LANGUAGES):
        raise LanguageUnknown
    if person.language != language:
        person.language = language
        person.save(update_fields=["language"])
    admin = UserProfile.get_for_user(person)
    if admin.preferred_language != language:
        admin.preferred_language = language
        admin.save(update_fields=["preferred_language"])


@transaction.atomic
def profile_update(
    *,
    person: User,
    phone: str,
    language: str,
    text_size: str,
    reading_script: str = "",
    email: str | None = None,
) -> User:
    """Phone, language, script and text size; the mail address where mail is set up. Name and place are HR's."""
    person.phone, person.text_size = phone.strip(), text_size
    if email is not None:
        person.email = email
    if reading_script:
        person.reading_script = reading_script
    person.save(update_fields=["phone", "text_size", "email", "reading_script"])
    language_set(person=person, language=language)
    return person


def language_follows_admin(*, person: User, language: str) -> None:
    """What the person chose in Wagtail's own settings counts for the site too."""
    if language in dict(settings.LANGUAGES) and person.language != language:
        User.objects.filter(pk=person.pk).update(language=language)
