"""Database guards: sealed rows refuse update and delete; dated rows refuse overlap and cycles; shares stay within 1."""
from django.db import migrations

from soket.kernel.guards import _PerVendor, append_only, no_overlap


def _guard(table, name, refused, message, refused_pg=None):
    """Refuse a row of `table` for which the condition `refused` (over NEW) holds; PostgreSQL may be asked in other words."""
    lite = [
        f"CREATE TRIGGER guard_{table}_{name}_{verb.lower()} AFTER {verb} ON {table} WHEN {refused} "
        f"BEGIN SELECT RAISE(ABORT, '{table}: {message}'); END"
        for verb in ("INSERT", "UPDATE")
    ]
    function = f"guard_{table}_{name}"
    pg = [
        f"CREATE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF {refused_pg or refused} THEN "
        f"RAISE EXCEPTION '{table}: {message}' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$",
        f"CREATE TRIGGER {function} AFTER INSERT OR UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION {function}()",
    ]
    undo_lite = [f"DROP TRIGGER IF EXISTS guard_{table}_{name}_{verb}" for verb in ("insert", "update")]
    undo_pg = [f"DROP TRIGGER IF EXISTS {function} ON {table}", f"DROP FUNCTION IF EXISTS {function}()"]
    return _PerVendor({"sqlite": lite, "postgresql": pg}, {"sqlite": undo_lite, "postgresql": undo_pg})


def _no_cycle(table, key):
    """Nobody is above herself on any day: the walk upwards keeps to the days that all steps share."""
    later = "CASE WHEN v.valid_from > up.starts THEN v.valid_from ELSE up.starts END"
    sooner = "CASE WHEN v.valid_to IS NULL OR v.valid_to > up.ends THEN up.ends ELSE v.valid_to END"
    kept = "v.parent_id IS NOT NULL AND v.valid_from < up.ends AND (v.valid_to IS NULL OR v.valid_to > up.starts)"

    def refused(step):
        return (
            "NEW.parent_id IS NOT NULL AND EXISTS (WITH RECURSIVE up(id, starts, ends) AS ("
            "SELECT NEW.parent_id, NEW.valid_from, COALESCE(NEW.valid_to, '9999-12-31') "
            f"UNION SELECT v.parent_id, {later}, {sooner} FROM {step} WHERE {kept}) SELECT 1 FROM up WHERE up.id = NEW.{key})"
        )

    # Planned while the table is empty, a plain join reads the whole index at each step; OFFSET 0 keeps the lookup by key.
    by_key = f"up CROSS JOIN LATERAL (SELECT * FROM {table} t WHERE t.{key} = up.id OFFSET 0) v"
    return _guard(table, "cycle", refused(f"{table} v JOIN up ON v.{key} = up.id"), "a parent lies below its own child", refused(by_key))


def _within_one(table):
    """The shares of one predecessor in one act by one source never exceed 1 (the remainder may be undecided)."""
    return _guard(
        table,
        "share",
        f"(SELECT SUM(o.share_num * 1.0 / o.share_den) FROM {table} o WHERE o.old_id = NEW.old_id "
        "AND o.succession_id = NEW.succession_id AND o.source_id IS NOT DISTINCT FROM NEW.source_id) > 1.000000001 "
        "OR NEW.old_id = NEW.new_id",
        "shares exceed 1",
    )


def _one_holder(table):
    """On one day a code of a scheme belongs to one holder."""
    return _guard(
        table,
        "holder",
        f"EXISTS (SELECT 1 FROM {table} o WHERE o.code = NEW.code AND o.scheme = NEW.scheme AND o.id <> NEW.id "
        "AND (o.valid_to IS NULL OR o.valid_to > NEW.valid_from) AND (NEW.valid_to IS NULL OR NEW.valid_to > o.valid_from))",
        "the code is taken on these days",
    )


def _by_index(*functions):
    """PostgreSQL plans a guard once per session, when the table is still empty, and would go on reading the
    whole table for each row of a large load; told so, it plans by the index."""
    ways = ("enable_seqscan", "enable_hashjoin", "enable_mergejoin", "jit")
    changes = [f"ALTER FUNCTION {function}() SET {way} = off" for function in functions for way in ways]
    back = [f"ALTER FUNCTION {function}() RESET {way}" for function in functions for way in ways]
    return _PerVendor({"sqlite": [], "postgresql": changes}, {"sqlite": [], "postgresql": back})


class Migration(migrations.Migration):
    dependencies = [("organisations", "0001_initial")]
    operations = [
        append_only("organisations_sourcechoice"),
        append_only("organisations_sharedecision"),
        no_overlap("organisations_areaversion", ["area_id"]),
        no_overlap("organisations_unitversion", ["unit_id"]),
        no_overlap("organisations_code", ["scheme", "area_id"]),
        _one_holder("organisations_code"),
        _no_cycle("organisations_areaversion", "area_id"),
        _no_cycle("organisations_unitversion", "unit_id"),
        _within_one("organisations_arealink"),
        _within_one("organisations_unitlink"),
        _by_index(
            *(f"guard_organisations_{name}_no_overlap" for name in ("areaversion", "unitversion", "code")),
            *("guard_organisations_code_holder", "guard_organisations_areaversion_cycle", "guard_organisations_unitversion_cycle"),
            *("guard_organisations_arealink_share", "guard_organisations_unitlink_share"),
        ),
    ]
