"""What happens to people, told to the packages above: receivers only call a service of their own."""

from __future__ import annotations

from django.dispatch import Signal

# Sent inside the transaction with actor (User), person (User) and last_date (date): the person leaves the company.
person_left = Signal()
