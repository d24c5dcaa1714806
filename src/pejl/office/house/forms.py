"""Forms for accounts and the organisation."""

from __future__ import annotations

from typing import Any

from django import forms

from pejl.office.core.roles import ROLES, Role
from pejl.office.organisation.kinds import LEVELS, Level
from pejl.office.organisation.tree import Tree
from pejl.office.web.forms import DateField, OfficeForm
from pejl.text import message

_UNIT = message("Unit")
_FROM = message("From")


class SignInForm(OfficeForm):
    """A name and a password, for accounts that are kept here."""

    words = {"username": message("Name of the account"), "password": message("Password")}

    username = forms.CharField(max_length=100, widget=forms.TextInput({"autocomplete": "username"}))
    password = forms.CharField(max_length=200, widget=forms.PasswordInput({"autocomplete": "current-password"}))


class AccountForm(OfficeForm):
    """A new account."""

    words = {
        "username": (message("Name of the account"), message("As the place that says who they are names them.")),
        "name": message("Name"),
        "email": message("E-mail"),
    }

    username = forms.CharField(max_length=100)
    name = forms.CharField(max_length=200)
    email = forms.EmailField(required=False)


class PostForm(OfficeForm):
    """A role from a day."""

    words = {"role": message("Role"), "unit": (_UNIT, message("Leaders and employees have one.")), "on": _FROM}

    role = forms.ChoiceField()
    unit = forms.ChoiceField(required=False)
    on = DateField()

    def __init__(self, *args: Any, tree: Tree, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["role"].choices = [(role.value, ROLES[role].title.render(self.language)) for role in Role]  # type: ignore[attr-defined]
        self.fields["unit"].choices = unit_choices(tree)  # type: ignore[attr-defined]


class UnitForm(OfficeForm):
    """A new unit."""

    words = {
        "code": (message("Code"), message("As registers name it; lower-case letters, digits and hyphens.")),
        "name": message("Name"),
        "level": message("Level"),
        "parent": message("Stands below"),
        "on": _FROM,
    }

    code = forms.SlugField(max_length=60)
    name = forms.CharField(max_length=200)
    level = forms.ChoiceField()
    parent = forms.ChoiceField(required=False)
    on = DateField()

    def __init__(self, *args: Any, tree: Tree, **more: Any) -> None:
        super().__init__(*args, **more)
        levels = [level for level in Level if level is not Level.ADMINISTRATION or not tree.nodes]
        self.fields["level"].choices = [(level.value, LEVELS[level].render(self.language)) for level in levels]  # type: ignore[attr-defined]
        self.fields["parent"].choices = unit_choices(tree)  # type: ignore[attr-defined]


class ChangeUnitForm(OfficeForm):
    """Another name, or another place in the tree, from a day."""

    words = {"name": message("Name"), "parent": message("Stands below"), "on": _FROM}

    name = forms.CharField(max_length=200)
    parent = forms.ChoiceField(required=False)
    on = DateField()

    def __init__(self, *args: Any, tree: Tree, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["parent"].choices = unit_choices(tree)  # type: ignore[attr-defined]


class EndUnitForm(OfficeForm):
    """A unit ends: closed, merged into another, or split into others."""

    words = {
        "into": (
            message("Goes on as"),
            message("None: it is closed. One: it is merged into that unit. Several: it is split into them."),
        ),
        "on": _FROM,
    }

    into = forms.MultipleChoiceField(required=False, widget=forms.SelectMultiple({"size": "8"}))
    on = DateField()

    def __init__(self, *args: Any, tree: Tree, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["into"].choices = unit_choices(tree)[1:]  # type: ignore[attr-defined]


def unit_choices(tree: Tree) -> list[tuple[str, str]]:
    """Return the organisation for a list to choose from, each unit behind as many dashes as it stands deep."""
    return [("", "–"), *((str(node.unit), "– " * depth + node.name) for depth, node in tree.rows())]
