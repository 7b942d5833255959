"""What a migration says of a table that belongs to a practice.

`TenantTable("Patient")` after CreateModel gives the table row-level security that
binds its owner too, its policy, `UNIQUE (practice_id, id)`, and foreign keys over
`(practice_id, x_id)` to other tenant tables: plain foreign-key checks bypass
row-level security, so without the pair a row could point at another practice's.
"""

from typing import Any

from django.db import models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

PRACTICE = "nullif(current_setting('steadwell.practice_id', true), '')::bigint"
PERSON = "nullif(current_setting('steadwell.person_id', true), '')::bigint"


class TenantTable(Operation):
    """Make the table of `model_name` a tenant table; see the module."""

    reversible = True

    def __init__(self, model_name: str, *, also_visible: str = "") -> None:
        """Args: also_visible: SQL of a second reason to see a row, over the columns of the table."""
        self.model_name = model_name
        self.also_visible = also_visible

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        extra = {"also_visible": self.also_visible} if self.also_visible else {}
        return self.__class__.__name__, [self.model_name], extra

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """The models know nothing of policies."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        model = to_state.apps.get_model(app_label, self.model_name)
        for statement in (*self._policy(model), *composite_keys(model)):
            schema_editor.execute(statement)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """The table goes with its CreateModel; nothing is left to undo."""

    def describe(self) -> str:
        return f"Bind {self.model_name} to its practice"

    def _policy(self, model: type[models.Model]) -> list[str]:
        table = model._meta.db_table
        own = f"practice_id = {PRACTICE}"
        seen = f"{own} OR ({self.also_visible})" if self.also_visible else own
        return [
            f"ALTER TABLE {table} ADD CONSTRAINT {table}_tenant_uniq UNIQUE (practice_id, id)",
            f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
            f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
            f"CREATE POLICY tenant ON {table} USING ({seen}) WITH CHECK ({own})",
        ]


class AppendOnly(Operation):
    """No row of the table is changed or removed: neither right nor trigger allows it.

    `updatable` columns may still be written by the app, each from null to a value, once.
    """

    reversible = True

    def __init__(self, model_name: str, *, updatable: tuple[str, ...] = ()) -> None:
        self.model_name = model_name
        self.updatable = tuple(updatable)

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        extra = {"updatable": self.updatable} if self.updatable else {}
        return self.__class__.__name__, [self.model_name], extra

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """The models know nothing of triggers."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        table = to_state.apps.get_model(app_label, self.model_name)._meta.db_table
        for statement in self._statements(table):
            schema_editor.execute(statement)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """The table goes with its CreateModel; its function would stay behind."""
        table = from_state.apps.get_model(app_label, self.model_name)._meta.db_table
        schema_editor.execute(f"DROP FUNCTION IF EXISTS {table}_append_only() CASCADE")

    def describe(self) -> str:
        return f"Make {self.model_name} append-only"

    def _statements(self, table: str) -> list[str]:
        once = " AND ".join(f"OLD.{column} IS NULL" for column in self.updatable)
        blanks = "".join(
            f" OLD.{column} := NULL; kept.{column} := NULL;" for column in self.updatable
        )
        allow = (
            f"IF TG_OP = 'UPDATE' AND {once} THEN kept := NEW;{blanks}"
            " IF kept IS NOT DISTINCT FROM OLD THEN RETURN NEW; END IF; END IF; "
            if self.updatable
            else ""
        )
        grant = (
            [f"GRANT UPDATE ({', '.join(self.updatable)}) ON {table} TO CURRENT_APP"]
            if self.updatable
            else []
        )
        return [
            f"CREATE FUNCTION {table}_append_only() RETURNS trigger LANGUAGE plpgsql AS $$"
            f" DECLARE kept {table}%%ROWTYPE; BEGIN {allow}"
            f" RAISE EXCEPTION '{table} is append-only: rows are never changed or removed';"
            " END $$",
            f"CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {table}"
            f" FOR EACH ROW EXECUTE FUNCTION {table}_append_only()",
            f"CREATE TRIGGER append_only_all BEFORE TRUNCATE ON {table}"
            f" FOR EACH STATEMENT EXECUTE FUNCTION {table}_append_only()",
            *_for_app(f"REVOKE UPDATE, DELETE ON {table} FROM CURRENT_APP", *grant),
        ]


def _for_app(*statements: str) -> list[str]:
    """Rights of whichever roles the owner gives its tables to by default (the app's)."""
    body = " ".join(
        "EXECUTE format({}, app);".format("'" + text.replace("CURRENT_APP", "%%I") + "'")
        for text in statements
    )
    return [
        "DO $$ DECLARE app text; BEGIN FOR app IN SELECT DISTINCT a.grantee::regrole::text"
        " FROM pg_default_acl d, aclexplode(d.defaclacl) a"
        " WHERE d.defaclrole = current_user::regrole AND d.defaclobjtype = 'r'"
        " AND a.privilege_type = 'INSERT' AND a.grantee <> d.defaclrole"
        f" LOOP {body} END LOOP; END $$"
    ]


def composite_keys(model: type[models.Model]) -> list[str]:
    """One `(practice_id, x_id)` foreign key for each reference to another tenant table."""
    table = model._meta.db_table
    return [
        f"ALTER TABLE {table} ADD CONSTRAINT {table}_{field.column}_same_practice"
        f" FOREIGN KEY (practice_id, {field.column})"
        f" REFERENCES {field.related_model._meta.db_table} (practice_id, id)"
        " DEFERRABLE INITIALLY DEFERRED"
        for field in model._meta.local_fields
        if isinstance(field, models.ForeignKey) and is_tenant_model(field.related_model)
    ]


def is_tenant_model(model: Any) -> bool:
    """Whether rows of the model belong to a practice."""
    return any(field.name == "practice" for field in model._meta.local_fields)
