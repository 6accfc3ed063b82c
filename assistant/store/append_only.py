"""Tables whose rows nobody may change or delete, not even through another program: triggers in the database say no."""

from sqlalchemy import Connection, Table, event, text

from assistant.store.tables import AuditRow, CaseEvent

_SQLITE = """CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} only grows'); END"""
_POSTGRES_FUNCTION = """CREATE OR REPLACE FUNCTION only_grows() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '% only grows', TG_TABLE_NAME; END $$"""
_POSTGRES = """CREATE TRIGGER {table}_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
EXECUTE FUNCTION only_grows()"""


def guards(table: str, dialect: str) -> tuple[str, ...]:
    """The statements that make `table` append-only on `sqlite` or `postgresql`."""
    if dialect == "sqlite":
        return tuple(_SQLITE.format(table=table, verb=verb) for verb in ("UPDATE", "DELETE"))
    return _POSTGRES_FUNCTION, _POSTGRES.format(table=table)


def _guard(table: Table) -> None:
    def created(_table: Table, connection: Connection, **_options: object) -> None:
        for statement in guards(table.name, connection.dialect.name):
            connection.execute(text(statement))

    event.listen(table, "after_create", created)


for _model in (AuditRow, CaseEvent):
    _guard(_model.metadata.tables[str(_model.__tablename__)])
