using Iop.Registry.Domain;
using Iop.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Iop.Registry.Importing;

/// <summary>Links between the entries of a list (förlänger, har vuxit ur): to rows of the same list by their ids, and to entries
/// of the register. Looked at when the list is read, tied when all of it is written.</summary>
internal static class LinkedRows
{
    /// <summary>Links wait until what they lead to is there.</summary>
    public static EntryWords WithoutLinks(EntryWords words) => words.Additions is { } additions
        ? words with { Additions = additions with { FollowsEntryId = null, GrewOutOfEntryId = null } } : words;

    /// <summary>What a new row leads to must be there, and nothing follows itself, however long the way round.</summary>
    public static async Task Look(ImportId id, RegistryDb db, CancellationToken cancel)
    {
        if (!await db.HasLinks(id, cancel)) return;
        await db.Database.ExecuteSqlAsync($$"""
            WITH link AS (
              SELECT number, entry_id IS NULL AS is_new, coalesce(kept_id, entry_id) AS own,
                     (words #>> '{Words,Additions,FollowsEntryId}')::uuid AS follows,
                     (words #>> '{Words,Additions,GrewOutOfEntryId}')::uuid AS origin
              FROM import_row WHERE import_id = {{id.Value}}),
            there AS (
              SELECT own AS id FROM link WHERE own IS NOT NULL
              UNION SELECT entry_id FROM entry WHERE merged_into_entry_id IS NULL
                AND entry_id IN (SELECT follows FROM link UNION SELECT origin FROM link)),
            wrong AS (
              SELECT number, 'follows: entry.no-such-entry' AS fault FROM link
                WHERE is_new AND follows IS NOT NULL AND follows NOT IN (SELECT id FROM there)
              UNION ALL SELECT number, 'grew_out_of: entry.no-such-entry' FROM link
                WHERE is_new AND origin IS NOT NULL AND origin NOT IN (SELECT id FROM there)
              UNION ALL SELECT number, 'grew_out_of: entry.follows-itself' FROM link WHERE origin = own)
            UPDATE import_row SET faults = import_row.faults || every.faults
            FROM (SELECT number, array_agg(fault ORDER BY fault) AS faults FROM wrong GROUP BY number) AS every
            WHERE import_id = {{id.Value}} AND import_row.number = every.number
            """, cancel);
        await db.Database.ExecuteSqlAsync($$"""
            WITH RECURSIVE link AS (
              SELECT coalesce(kept_id, entry_id) AS own, number, (words #>> '{Words,Additions,FollowsEntryId}')::uuid AS follows
              FROM import_row WHERE import_id = {{id.Value}}),
            way AS (
              SELECT own AS start, number, follows FROM link WHERE follows IS NOT NULL AND own IS NOT NULL
              UNION SELECT way.start, way.number, link.follows FROM way JOIN link ON link.own = way.follows
                WHERE link.follows IS NOT NULL AND way.start <> way.follows)
            UPDATE import_row SET faults = faults || ARRAY['follows: entry.follows-itself']
            FROM (SELECT DISTINCT number FROM way WHERE start = follows) AS ring
            WHERE import_id = {{id.Value}} AND import_row.number = ring.number
            """, cancel);
    }

    /// <summary>What continues another is one partnership with it; new rows take the chain of what they continue.</summary>
    public static async Task TieImported(this RegistryDb db, ImportId id, CancellationToken cancel)
    {
        // One at a time with those who tie by hand: two links made at once could close a ring.
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(7100)", cancel);
        if (!await db.HasLinks(id, cancel)) return;
        await db.Database.ExecuteSqlAsync($$"""
            UPDATE entry SET follows_entry_id = (words #>> '{Words,Additions,FollowsEntryId}')::uuid,
              grew_out_of_entry_id = (words #>> '{Words,Additions,GrewOutOfEntryId}')::uuid
            FROM import_row AS its
            WHERE its.import_id = {{id.Value}} AND its.entry_id IS NULL AND entry.import_id = {{id.Value}}
              AND entry.import_row = its.number
              AND coalesce(words #>> '{Words,Additions,FollowsEntryId}', words #>> '{Words,Additions,GrewOutOfEntryId}') IS NOT NULL
            """, cancel);
        await db.Database.ExecuteSqlAsync($"""
            WITH RECURSIVE tied (entry_id, chain_id) AS (
              SELECT root.entry_id, root.chain_id FROM entry root
              WHERE (root.import_id IS DISTINCT FROM {id.Value} OR root.follows_entry_id IS NULL) AND root.entry_id IN
                (SELECT follows_entry_id FROM entry WHERE import_id = {id.Value} AND follows_entry_id IS NOT NULL)
              UNION SELECT later.entry_id, tied.chain_id FROM tied JOIN entry later ON later.follows_entry_id = tied.entry_id
                WHERE later.import_id = {id.Value})
            UPDATE entry SET chain_id = tied.chain_id FROM tied
            WHERE entry.entry_id = tied.entry_id AND entry.chain_id <> tied.chain_id
            """, cancel);
    }

    private static Task<bool> HasLinks(this RegistryDb db, ImportId id, CancellationToken cancel) => db.Database.SqlQuery<bool>($$"""
        SELECT EXISTS (SELECT FROM import_row WHERE import_id = {{id.Value}} AND coalesce(
          words #>> '{Words,Additions,FollowsEntryId}', words #>> '{Words,Additions,GrewOutOfEntryId}') IS NOT NULL) AS "Value"
        """).SingleAsync(cancel);

    /// <summary>Since it was read somebody has written an entry that it brings with it.</summary>
    public static async Task<bool> IsOverTaken(this RegistryDb db, ImportId id, CancellationToken cancel) =>
        await db.Database.SqlQuery<bool>($"""
            SELECT EXISTS (SELECT FROM import_row JOIN entry ON entry.entry_id = kept_id WHERE import_row.import_id = {id.Value})
              AS "Value"
            """).SingleAsync(cancel);

    /// <summary>How many rows have something wrong with them.</summary>
    public static Task<int> Faulty(ImportId id, RegistryDb db, CancellationToken cancel) => db.Database.SqlQuery<int>($"""
        SELECT count(*)::int AS "Value" FROM import_row WHERE import_id = {id.Value} AND faults <> ARRAY[]::text[]
        """).SingleAsync(cancel);
}
