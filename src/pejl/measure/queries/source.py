"""One file of SQL: its tokens and tree, and where in the file a part of the tree stands."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from sqlglot import exp
from sqlglot.dialects.duckdb import DuckDB
from sqlglot.errors import ParseError, TokenError
from sqlglot.tokenizer_core import Token, TokenType

from pejl.text import Message, message
from pejl.workspace.problems import Location, Problems

NAME = re.compile(r"[a-z_][a-z0-9_]*")
MAX_DEPTH = 60
"""How deep parentheses and CASEs may be nested; far below what the parser's own recursion bears."""

_RESERVED = """
all analyse analyze and any array as asc asymmetric authorization between binary both case cast check collate
collation column concurrently constraint create cross current_catalog current_date current_role current_schema
current_time current_timestamp current_user default deferrable desc describe distinct do else end except exists
false fetch for foreign freeze from full glob grant group having ilike in initially inner intersect into is
isnull join lambda lateral leading left like limit localtime localtimestamp map natural not notnull null offset
on only or order outer overlaps pivot pivot_longer pivot_wider placing positional primary qualify references
returning right row select session_user show similar some struct summarize symmetric table tablesample then to
trailing true try_cast union unique unpivot user using values variadic verbose when where window with
"""
RESERVED = frozenset(_RESERVED.split())
"""Words that are quoted when they are names: those DuckDB or PostgreSQL reserve."""


class SourceFile:
    """The text of one file while it is checked; notes each problem where it stands, once."""

    def __init__(self, file: str, text: str, problems: Problems) -> None:
        self.file = file
        self.text = text
        self.problems = problems
        self.failed = False
        self.tokens: list[Token] = []
        self._noted: set[tuple[str, int | None]] = set()

    def add(
        self,
        code: str,
        where: exp.Expr | Token | int | None,
        what: Message,
        mend: Message,
        *,
        value: object = None,
        warning: bool = False,
    ) -> None:
        """Note a problem at a part of the tree, a token or an offset; None is the file as a whole."""
        offset = where if isinstance(where, int) else self._offset(where)
        if (code, offset) in self._noted:
            return
        self._noted.add((code, offset))
        self.failed = self.failed or not warning
        self.problems.add(code, self.location(offset), what, mend, value=value, warning=warning)

    def location(self, offset: int | None) -> Location:
        """Return file, line and column of an offset into the text."""
        if offset is None:
            return Location(self.file)
        line_start = self.text.rfind("\n", 0, offset) + 1
        return Location(self.file, self.text.count("\n", 0, offset) + 1, offset - line_start + 1)

    def _offset(self, where: exp.Expr | Token | None) -> int | None:
        if isinstance(where, Token):
            return where.start
        if where is None:
            return self.tokens[0].start if self.tokens else None
        node: exp.Expr | None = where
        if isinstance(where, exp.Func) and not isinstance(where, exp.Cast) and not where._meta:
            return self.word(where, where.sql_name())
        while node is not None:
            start = start_of(node)
            if start is not None:
                return start
            node = node.parent
        return self._offset(None)

    def word(self, node: exp.Expr, word: str) -> int | None:
        """Return the offset of a keyword of `node`: the last `word` before its first part, or the first within it."""
        start = start_of(node)
        own = [token.start for token in self.tokens if token.text.upper().partition(" ")[0] == word]
        if start is None:
            return own[0] if own else None
        before = [offset for offset in own if offset <= start]
        return before[-1] if before else (own[0] if own else start)

    def parse(self) -> exp.Expr | None:
        """Return the one SELECT of the file, names in lower case, or None; problems are noted."""
        if not self._read_tokens():
            return None
        try:
            statements = [each for each in _DIALECT.parser().parse(self.tokens, self.text) if each is not None]
        except ParseError as error:
            self._note_parse_error(error)
            return None
        except RecursionError:
            self._note_depth(self.tokens[0])
            return None
        return self._one_select(statements)

    def _read_tokens(self) -> bool:
        try:
            self.tokens = _DIALECT.tokenize(self.text)
        except TokenError:
            quote = _open_quote(self.text)
            self.add(
                "sql_syntax",
                quote,
                message("a text, a name in quotes or a comment is not closed"),
                message("Close it."),
            )
            return False
        depth = 0
        for before, token in zip([None, *self.tokens], self.tokens, strict=False):
            depth += _DEPTH.get(token.token_type, 0)
            if depth > MAX_DEPTH:
                self._note_depth(token)
                return False
            self._check_token(before, token)
        return True

    def _check_token(self, before: Token | None, token: Token) -> None:
        """Note what SQLGlot reads as something else than was written: ALL (SELECT …) as (SELECT …), a,,b as a,b."""
        if before is None:
            return
        if before.token_type is TokenType.COMMA and token.token_type in (TokenType.COMMA, TokenType.FROM):
            self.add("sql_syntax", token, message("nothing stands after a comma"), message("Remove the comma."))
        word = before.text.upper()
        if token.token_type is TokenType.L_PAREN and word in ("ALL", "ANY", "SOME") and not self._of_set(before):
            self.add(
                "sql_not_portable",
                before,
                message("{word} (…) is not in the portable subset", word=word),
                message("Write exists (select …), or in (select …)."),
                value=before.text,
            )

    def _of_set(self, token: Token) -> bool:
        place = self.tokens.index(token)
        return place > 0 and self.tokens[place - 1].token_type in _SETS

    def _note_depth(self, token: Token) -> None:
        self.add(
            "sql_too_deep",
            token,
            message("this is nested too deeply"),
            message("Divide it into steps: with name as (select …)."),
        )

    def _note_parse_error(self, error: ParseError) -> None:
        first: dict[str, Any] = error.errors[0] if error.errors else {}
        at = (first.get("line"), first.get("col"))
        token = next((token for token in self.tokens if (token.line, token.col) == at), None)
        what = message("this is not valid SQL")
        mend = message("Look at the commas, the parentheses and the words before this place.")
        self.add("sql_syntax", token or self.tokens[-1], what, mend, value=token.text if token else None)

    def _one_select(self, statements: list[exp.Expr]) -> exp.Expr | None:
        if not statements:
            self.add(
                "sql_empty",
                None,
                message("there is no SELECT in the file"),
                message("Write one, or delete the file."),
            )
            return None
        if len(statements) > 1:
            end = next(token for token in self.tokens if token.token_type is TokenType.SEMICOLON)
            self.add(
                "sql_not_one_select",
                end,
                message("the file holds several statements"),
                message("Keep one SELECT; put the others into files of their own."),
            )
            return None
        statement = statements[0]
        if not isinstance(statement, exp.Select | exp.SetOperation | exp.Subquery):
            self.add(
                "sql_not_one_select",
                self.tokens[0],
                message("this is not a SELECT"),
                message("Models and indicators only read: write one SELECT."),
                value=self.tokens[0].text,
            )
            return None
        self._name_in_lower_case(statement)
        return statement

    def _name_in_lower_case(self, tree: exp.Expr) -> None:
        """Make names as both engines read them; note those that engines read differently."""
        for identifier in tree.find_all(exp.Identifier):
            name = identifier.name if identifier.quoted else identifier.name.lower()
            if NAME.fullmatch(name) is None:
                self.add(
                    "sql_name",
                    identifier,
                    message("'{name}' cannot be a name here", name=identifier.name),
                    message("Names have small letters a-z, digits and _; a text stands in single quotes: 'text'."),
                    value=identifier.name,
                )
            identifier.set("this", name)
            identifier.set("quoted", name in RESERVED)


_DIALECT = DuckDB()
_DEPTH = {TokenType.L_PAREN: 1, TokenType.R_PAREN: -1, TokenType.CASE: 1, TokenType.END: -1}
_SETS = frozenset({TokenType.UNION, TokenType.EXCEPT, TokenType.INTERSECT})


def _open_quote(text: str) -> int:
    """Return where the text, quoted name or comment begins that is never closed."""
    whole = re.compile(r"'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|--[^\n]*|/\*.*?\*/|[^'\"/-]+|[/-]", re.DOTALL)
    end = 0
    for match in whole.finditer(text):
        if match.start() != end or (text.startswith("/*", match.start()) and match.group() == "/"):
            break
        end = match.end()
    return min(end, max(len(text) - 1, 0))


def start_of(node: exp.Expr) -> int | None:
    """Return the offset of the first part of `node` that knows its place."""
    own = node.meta.get("start") if node._meta else None
    starts = [own] if own is not None else [child for part in node.iter_expressions() for child in _known(part)]
    return min(starts, default=None)


def _known(node: exp.Expr) -> Iterable[int]:
    start = start_of(node)
    return () if start is None else (start,)


def named(name: str) -> exp.Identifier:
    """Return an identifier, quoted where an engine reserves the word."""
    return exp.Identifier(this=name, quoted=name in RESERVED)


def column_of(relation: str, name: str) -> exp.Column:
    """Return a column with its relation."""
    return exp.Column(this=named(name), table=named(relation))


def wrap_in_cast(node: exp.Expr, sql_type: str) -> None:
    """Put a cast around `node` where it stands, unless one to this type is there already."""
    parent = node.parent
    if isinstance(parent, exp.Cast) and parent.to.this.name == sql_type:
        return
    cast = exp.Cast(to=exp.DataType(this=exp.DataType.Type[sql_type], nested=False))
    node.replace(cast)
    cast.set("this", node)
