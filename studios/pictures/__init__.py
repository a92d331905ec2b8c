"""Where pictures are used, and who may therefore see them. What packages above need is named here."""

from studios.pictures.content import pictures_in, pictures_of_field
from studios.pictures.registry import Use, register_picture_source
from studios.pictures.services import picture_uses_add

__all__ = ["Use", "picture_uses_add", "pictures_in", "pictures_of_field", "register_picture_source"]
