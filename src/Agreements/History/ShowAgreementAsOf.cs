using Iop.Agreements.Assessing;
using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Dialogue;
using Iop.Agreements.Domain.History;
using Iop.Agreements.Organisations;
using Iop.Agreements.Partnerships;
using Iop.Agreements.Storage;
using Iop.Kernel;
using Iop.Platform.Api;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.History;

/// <summary>The agreement as it stood at the end of a Swedish day: the version in force then, and the text as far as it had
/// come, got by playing its history.</summary>
internal static class ShowAgreementAsOf
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/agreements/{id:guid}/as-of", Handle).WithName(nameof(ShowAgreementAsOf));

    internal static async Task<Answer<AsOfView>> Handle(
        Guid id, DateOnly? date, Viewer viewer, AgreementsDb db, Catalogues catalogues, TimeProvider clock,
        CancellationToken cancel)
    {
        var wanted = new AgreementId(id);
        if (!await db.Agreements.AnyAsync(known => known.Id == wanted, cancel)) return Refusal.NotFound;
        if (new Fields().Must("date", date is not null, "field.required").Must("date", !(date > clock.Today()), "history.not-yet")
            .Refusal is { } malformed) return malformed;
        var day = date!.Value;
        var end = SwedishTime.StartOf(day.AddDays(1));
        var lines = await db.History.Where(line => line.AgreementId == wanted && line.At < end).OrderBy(line => line.Position)
            .ToListAsync(cancel);
        var things = Replay.Of(lines.Select(StepOf));
        if (things.FirstOrDefault(thing => thing.Kind == "agreement") is not { } agreement)
            return DialogueRefusals.NotThatLongAgo;
        var words = await HistoryWords.For(lines, viewer, catalogues, db, cancel);
        return await View(day, end, agreement, things, words, viewer, db, cancel);
    }

    private static async Task<AsOfView> View(
        DateOnly date, DateTimeOffset end, Thing agreement, IReadOnlyList<Thing> things, HistoryWords words, Viewer viewer,
        AgreementsDb db, CancellationToken cancel)
    {
        var id = new AgreementId(Guid.Parse(agreement.Subject));
        var members = things.Where(thing => thing.Kind == "agreement-party" && thing["inText"] is "true")
            .Select(thing => new PartyId(Guid.Parse(thing.Subject))).ToList();
        var parties = await db.Parties.Where(party => members.Contains(party.Id)).OrderBy(party => party.Id).ToListAsync(cancel);
        var names = await PartyNames.For(db, parties, cancel);
        var state = agreement["state"] ?? "";
        var version = await (from inForce in db.InForce
                             where inForce.AgreementId == id && inForce.FromDay <= date
                                && (inForce.ToDay == null || inForce.ToDay >= date)
                             join known in db.Versions on new { inForce.AgreementId, inForce.Hash }
                                equals new { known.AgreementId, known.Hash }
                             select new AsOfView.VersionLine(known.Number, known.Hash, known.OpenedAt))
            .SingleOrDefaultAsync(cancel);
        var written = things.Where(thing => thing.Kind == "section").ToDictionary(thing => thing.Subject, StringComparer.Ordinal);
        return new AsOfView(
            id.Value, date, end, state, version, agreement["title"] ?? "",
            [.. Frame.Select(field => new AsOfView.FieldValue(
                field, viewer.Say($"history.field.{field}"), words.Value("agreement", field, agreement[field])))
                .Where(field => field.Value is not null)],
            [.. parties.Select(party => new AsOfView.PartyLine(party.Id.Value, names.Of(party), party.Kind))],
            [.. SectionKeys.All.Select(key => SectionOf(key, written.GetValueOrDefault(key), viewer))],
            [.. things.Where(thing =>
                thing.Kind is not ("agreement" or "agreement-party" or "section" or "comment" or "comment-thread"
                or "change" or "in-force"))
                .Select(thing => OtherOf(thing, words))]);
    }

    /// <summary>What is agreed of the whole, in reading order.</summary>
    private static readonly string[] Frame =
    [
        "startsOn", "endsOn", "autoRenews", "noticeMonths", "renewalMonths", "assessmentMonths", "area", "targetAge",
        "municipalityCode", "countyCode",
    ];

    private static AsOfView.SectionLine SectionOf(string key, Thing? section, Viewer viewer)
    {
        var (text, reason) = (section?["text"], section?["notNeededReason"]);
        return new AsOfView.SectionLine(
            key, viewer.Say($"section.{key}"), text, reason,
            text is not null ? SectionStatus.Complete : reason is not null ? SectionStatus.NotNeeded : SectionStatus.Missing);
    }

    private static AsOfView.OtherLine OtherOf(Thing thing, HistoryWords words) => new(
        thing.Kind, words.ThingOf(thing.Kind), thing.Subject,
        [.. words.Named(thing.Kind, thing.Fields)
            .Select(field => new AsOfView.FieldValue(field.Field, field.Name, field.Value))]);

    private static ChangeStep StepOf(ChangeEntry line) => new(
        line.Thing, line.Subject, line.Change,
        HistoryWords.FieldsOf(line).ToDictionary(field => field.Key, field => field.Value[1], StringComparer.Ordinal));
}

/// <param name="Until">The instant at which the day ended, in Sweden.</param>
/// <param name="State">The agreement's state then.</param>
/// <param name="InForce">The version that bound the parties at the end of the day; null when none did.</param>
/// <param name="Frame">Period, notice and what the register needs.</param>
/// <param name="Others">Contributions, answers, signatures and whatever else belonged to it.</param>
internal sealed record AsOfView(
    Guid AgreementId, DateOnly Date, DateTimeOffset Until, string State, AsOfView.VersionLine? InForce, string Title,
    IReadOnlyList<AsOfView.FieldValue> Frame, IReadOnlyList<AsOfView.PartyLine> Parties,
    IReadOnlyList<AsOfView.SectionLine> Sections, IReadOnlyList<AsOfView.OtherLine> Others)
{
    public sealed record VersionLine(int Number, string Hash, DateTimeOffset OpenedAt);

    public sealed record FieldValue(string Field, string Name, string? Value);

    public sealed record PartyLine(Guid Id, string Name, OrganisationKind Kind);

    public sealed record SectionLine(string Key, string Name, string? Text, string? Reason, SectionStatus Status);

    public sealed record OtherLine(string Thing, string ThingName, string Subject, IReadOnlyList<FieldValue> Fields);
}
