using System.Globalization;
using System.Text.Json;
using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Assessing;
using Iop.Agreements.Domain.Attachments;
using Iop.Agreements.Domain.Bodies;
using Iop.Agreements.Domain.Dialogue;
using Iop.Agreements.Domain.History;
using Iop.Agreements.Domain.Life;
using Iop.Agreements.Domain.Signing;
using Iop.Agreements.Storage;
using Iop.Platform.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Iop.Agreements.History;

/// <summary>Writes the history: whatever is saved in a partnership, field by field, with what stood there before. Nobody has to
/// think of it, and nobody can forget it.</summary>
internal static class ChangeLog
{
    private const int LabelMax = 200;

    /// <summary>What counts or repeats and tells nobody anything.</summary>
    private static readonly HashSet<string> Untold = new(StringComparer.Ordinal)
    {
        "Version", "PartnershipId", "AgreementId", "ChangedBy", "ChangedAt", "Circle", "Fingerprint", "Seal", "Previous",
        "RemindOn",
    };

    /// <summary>What follows from something that is told, or is nobody else's business: who has read, copies, the trail
    /// beside.</summary>
    private static readonly HashSet<Type> Silent =
        [typeof(AuditEntry), typeof(Look), typeof(ApprovedText), typeof(VersionFile), typeof(StoredFile), typeof(InForce)];

    /// <summary>What a thing is called: the first of these that it has.</summary>
    private static readonly string[] Names = ["Title", "Name", "Description", "Label"];

    /// <summary>One thing as it is about to be saved.</summary>
    internal sealed record Line(
        Guid Partnership, Guid? Agreement, string Thing, string Subject, Guid? Party, string? Label, string Kind,
        IReadOnlyDictionary<string, string?[]> Fields, string Circle, Guid? Body);

    public static IReadOnlyList<Line> Of(IEnumerable<EntityEntry> entries) => [.. entries
        .Where(entry => entry.State is EntityState.Added or EntityState.Modified or EntityState.Deleted)
        .Select(Of).OfType<Line>()];

    /// <summary>The lines of one saving, in one statement. Who it was, the database fills in. What is said within a governance
    /// body is heard by those it is meant for.</summary>
    public static Task Write(AgreementsDb db, Guid act, IReadOnlyList<Line> changes, DateTimeOffset now,
        CancellationToken cancel)
    {
        var lines = JsonSerializer.Serialize(changes, JsonSerializerOptions.Web);
        return db.Database.ExecuteSqlAsync(
            $"""
             INSERT INTO change_log (act_id, partnership_id, agreement_id, at, thing, subject, party_id, label, change, fields, circle)
             SELECT {act}, l."partnership", l."agreement", {now}, l."thing", l."subject", l."party", l."label", l."kind", l."fields",
               coalesce((SELECT CASE b.visibility WHEN 'All' THEN 'all' WHEN 'OwnParty' THEN p.organisation::text
                                  ELSE CASE p.kind WHEN 'Public' THEN 'public' WHEN 'IdeaDriven' THEN 'idea-driven' ELSE 'private' END END
                           FROM body b LEFT JOIN party p ON p.party_id = b.owner_party_id WHERE b.body_id = l."body"), l."circle")
             FROM jsonb_to_recordset({lines}::jsonb) AS l("partnership" uuid, "agreement" uuid, "thing" text, "subject" text, "party" uuid,
                                                          "label" text, "kind" text, "fields" jsonb, "circle" text, "body" uuid)
             """, cancel);
    }

    /// <summary>Whether changes of such things stand in the history.</summary>
    internal static bool IsTold(Type thing) => !Silent.Contains(thing);

    /// <summary>Whether changes of such a field do.</summary>
    internal static bool IsTold(IReadOnlyProperty property) =>
        !Untold.Contains(property.Name) && !property.IsPrimaryKey() && property.ClrType != typeof(byte[]);

    private static Line? Of(EntityEntry entry)
    {
        if (!IsTold(entry.Metadata.ClrType) || PartnershipOf(entry) is not { } partnership) return null;
        var fields = FieldsOf(entry);
        var told = entry.Properties.Any(property =>
            !property.Metadata.IsPrimaryKey() && !Untold.Contains(property.Metadata.Name));
        // A section that lies there empty, or a change of a mere counter, is nothing that happened.
        if (fields.Count == 0 && (told || entry.State is EntityState.Modified) && entry.State is not EntityState.Deleted)
            return null;
        return new Line(
            partnership, AgreementOf(entry), ThingOf(entry), SubjectOf(entry), Read(entry, "PartyId"), LabelOf(entry),
            entry.State switch
            {
                EntityState.Added => nameof(DeedKind.Added),
                EntityState.Deleted => nameof(DeedKind.Removed),
                _ => nameof(DeedKind.Changed),
            },
            fields, (entry.Entity as IHeardWithin)?.Circle ?? Circles.All, entry.Entity is Body ? null : Read(entry, "BodyId"));
    }

    private static Dictionary<string, string?[]> FieldsOf(EntityEntry entry)
    {
        var fields = new Dictionary<string, string?[]>(StringComparer.Ordinal);
        foreach (var property in entry.Properties.Where(property => IsTold(property.Metadata)))
        {
            var before = entry.State is EntityState.Added ? null : Text(property.OriginalValue);
            var after = entry.State is EntityState.Deleted ? null : Text(property.CurrentValue);
            if (before != after) fields[JsonNamingPolicy.CamelCase.ConvertName(property.Metadata.Name)] = [before, after];
        }
        return fields;
    }

    private static string ThingOf(EntityEntry entry) =>
        JsonNamingPolicy.SnakeCaseLower.ConvertName(entry.Metadata.ClrType.Name).Replace('_', '-');

    private static Guid? PartnershipOf(EntityEntry entry) =>
        entry.Entity is Partnership partnership ? partnership.Id.Value : Read(entry, "PartnershipId");

    private static Guid? AgreementOf(EntityEntry entry) =>
        entry.Entity is Agreement agreement ? agreement.Id.Value : Read(entry, "AgreementId");

    /// <summary>What tells it from others of its kind in the agreement.</summary>
    private static string SubjectOf(EntityEntry entry)
    {
        var keys = entry.Metadata.FindPrimaryKey()!.Properties.Select(key => key.Name).ToList();
        var own = keys.Count > 1 ? keys.Where(key => key is not ("PartnershipId" or "AgreementId")) : keys;
        return string.Join('/', own.Select(key => Text(entry.Property(key).CurrentValue)));
    }

    private static string? LabelOf(EntityEntry entry)
    {
        foreach (var name in Names)
        {
            if (entry.Metadata.FindProperty(name) is not null && entry.Property(name).CurrentValue is string label)
                return label.Length > LabelMax ? label[..LabelMax] : label;
        }
        return entry.Entity is Comment comment ? comment.SectionKey : (entry.Entity as CommentThread)?.SectionKey;
    }

    private static Guid? Read(EntityEntry entry, string name) =>
        entry.Metadata.FindProperty(name) is null ? null
            : Guid.TryParse(Text(entry.Property(name).CurrentValue), out var id) ? id : null;

    /// <summary>A value as it is kept: kebab words, ISO dates, plain numbers.</summary>
    private static string? Text(object? value) => value switch
    {
        null => null,
        string text => text,
        bool yes => yes ? "true" : "false",
        Enum word => JsonNamingPolicy.KebabCaseLower.ConvertName(word.ToString()),
        DateOnly day => day.ToString("O", CultureInfo.InvariantCulture),
        DateTimeOffset instant => instant.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
        Guid id => id.ToString(),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        System.Collections.IEnumerable list => string.Join('\n', list.Cast<object?>().Select(Text)),
        _ when value.GetType().GetProperty("Value")?.GetValue(value) is Guid id => id.ToString(),
        _ => JsonSerializer.Serialize(value, JsonSerializerOptions.Web),
    };
}
