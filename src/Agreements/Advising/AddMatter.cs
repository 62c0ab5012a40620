using Iop.Agreements.Assessing;
using Iop.Agreements.Domain.Advising;
using Iop.Agreements.Partnerships;
using Iop.Agreements.Storage;
using Iop.Kernel;
using Iop.Platform;
using Iop.Platform.Api;

namespace Iop.Agreements.Advising;

/// <summary>The parties add something of their own that an instrument's questions are asked about: an intervention, an activity,
/// a hard question.</summary>
internal static class AddMatter
{
    public sealed record Request(string Text);

    public sealed record View(Guid Id, string Text);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/partnerships/{id:guid}/instruments/{key}/matters", Handle).WithName(nameof(AddMatter)).Creates();

    internal static async Task<Answer<View>> Handle(
        Guid id, string key, Request request, Viewer viewer, AgreementsDb db, Catalogues catalogues, TimeProvider clock,
        CancellationToken cancel)
    {
        if (await InstrumentFile.ForUpdate(id, db, catalogues, cancel) is not { } file) return Refusal.NotFound;
        if (file.Find(key) is not { } instrument) return InstrumentRefusals.Unknown;
        if (viewer.Caller.Lacks(Roles.Officer, Roles.Legal) is { } missing) return missing;
        if (new Fields().Text("text", request.Text, Matter.TextMax).Refusal is { } malformed) return malformed;
        if (!instrument.OwnMatters) return InstrumentRefusals.NoMattersOfYourOwn;
        if (file.Matters.Count(matter => matter.Catalogue == instrument.Version) >= Matter.PerInstrumentMax)
            return InstrumentRefusals.TooManyMatters;
        var now = clock.GetUtcNow();
        var added = new Matter
        {
            MatterId = Guid.CreateVersion7(now), PartnershipId = file.Partnership.Id, Catalogue = instrument.Version,
            Text = request.Text.Trim(), AddedBy = viewer.Person, AddedFor = viewer.Organisation, AddedAt = now,
        };
        db.Add(added);
        await db.SaveChangesAsync(cancel);
        return Answers.Created(
            $"/agreements/v1/partnerships/{id}/instruments/{key}", new View(added.MatterId, added.Text), added.MatterId);
    }
}
