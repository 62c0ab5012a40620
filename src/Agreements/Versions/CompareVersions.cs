using System.Text.Json.Nodes;
using Iop.Agreements.Assessing;
using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Comparing;
using Iop.Agreements.Partnerships;
using Iop.Agreements.Storage;
using Iop.Kernel;
using Iop.Platform.Api;
using Iop.Platform.Sealing;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Versions;

/// <summary>What differs between two texts of an agreement, part by part with the words marked: versions by their hashes, what
/// one has read before by its, and the text as it now stands as <c>current</c>.</summary>
internal static class CompareVersions
{
    private const string Current = "current";

    public static void Map(IEndpointRouteBuilder api) => api
        .MapGet("/agreements/{id:guid}/versions/{earlier}/difference/{later}", Handle).WithName(nameof(CompareVersions));

    internal static async Task<Answer<DifferenceView>> Handle(
        Guid id, string earlier, string later, Viewer viewer, AgreementsDb db, Catalogues catalogues, CancellationToken cancel)
    {
        if (await db.Agreements.SingleOrDefaultAsync(known => known.Id == new AgreementId(id), cancel) is not { } agreement)
            return Refusal.NotFound;
        var file = await AgreementFile.Of(db, catalogues, agreement, cancel);
        if (await Find(earlier, file, db, viewer, cancel) is not { } from) return Refusal.NotFound;
        if (await Find(later, file, db, viewer, cancel) is not { } to) return Refusal.NotFound;
        var labels = new Labels(viewer.Say, to.Content, from.Content);
        return Answers.Ok(DifferenceView.Of(from.View, to.View,
            ContentDifference.Between(from.Content, to.Content, labels.Value), labels), $"{from.View.Hash}-{to.View.Hash}");
    }

    private static async Task<(ComparedView View, JsonObject Content)?> Find(
        string which, AgreementFile file, AgreementsDb db, Viewer viewer, CancellationToken cancel)
    {
        var agreement = file.Agreement.Id;
        if (which == Current && file.Agreement.VersionHash is null)
        {
            var draft = Content.Draft(file);
            return (new ComparedView(CanonicalJson.Hash(draft), null, null), Content.Read(draft));
        }
        var hash = which == Current ? file.Agreement.VersionHash : which;
        if (await db.Versions.AsNoTracking()
            .SingleOrDefaultAsync(version => version.AgreementId == agreement && version.Hash == hash, cancel) is { } found)
            return (new ComparedView(found.Hash, found.Number, found.OpenedAt), Content.Of(found));
        return await db.Looks.AsNoTracking()
            .Where(look => look.AgreementId == agreement && look.Person == viewer.Person && look.Hash == which
                && look.Canonical != null)
            .OrderByDescending(look => look.LookId).FirstOrDefaultAsync(cancel) is { } read
            ? (new ComparedView(read.Hash, null, read.LookedAt), Content.Read(read.Canonical!)) : null;
    }
}

/// <param name="Count">How many items differ.</param>
internal sealed record DifferenceView(ComparedView From, ComparedView To, int Count, IReadOnlyList<DifferentPartView> Parts)
{
    public static DifferenceView Of(
        ComparedView from, ComparedView to, IReadOnlyList<PartDifference> differences, Labels labels) => new(
        from, to, differences.Sum(part => part.Items.Count),
        [
            .. differences.Select(part => new DifferentPartView(part.Part, labels.Part(part.Part),
            [
                .. part.Items.Select(item => new DifferentItemView(
                    item.Key, labels.Item(part.Part, item.Item), item.Change,
                    [
                        .. item.Fields.Select(field => new DifferentFieldView(
                            field.Field, labels.Field(part.Part, field.Field), field.Words)),
                    ])),
            ])),
        ]);
}

/// <param name="Number">The version's; null for a draft.</param>
/// <param name="At">When the version was opened or the draft was read; null for the draft as it now stands.</param>
internal sealed record ComparedView(string Hash, int? Number, DateTimeOffset? At);

internal sealed record DifferentPartView(string Part, string Name, IReadOnlyList<DifferentItemView> Items);

/// <param name="Change">added, removed or changed.</param>
internal sealed record DifferentItemView(string? Key, string? Name, Change Change, IReadOnlyList<DifferentFieldView> Fields);

internal sealed record DifferentFieldView(string Field, string Name, IReadOnlyList<WordByWord.Stretch> Words);
