using Iop.Agreements.Domain;
using Iop.Agreements.Storage;
using Iop.Contracts.Agreements;
using Iop.Kernel;
using Iop.Platform;
using Iop.Platform.Api;
using Iop.Platform.Storage;

namespace Iop.Agreements.Partnerships;

/// <summary>An officer sees a challenge and starts a partnership (initierar); the officer's own organisation or unit is its
/// first party.</summary>
internal static class StartPartnership
{
    private const int TitleMax = 200;
    private const int ChallengeMax = 5_000;

    public sealed record Request(string Title, string Challenge, int? RequiredSignatures = null);

    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/partnerships", Handle).WithName(nameof(StartPartnership))
        .Creates();

    internal static async Task<Answer<PartnershipView>> Handle(Request request, Viewer viewer, AgreementsDb db,
        TimeProvider clock, CancellationToken cancel)
    {
        if (viewer.Caller.Lacks(Roles.Officer) is { } missing) return missing;
        var required = request.RequiredSignatures ?? 1;
        if (new Fields().Text("title", request.Title, TitleMax).Text("challenge", request.Challenge, ChallengeMax)
                .Between("requiredSignatures", required, 1, 2).Refusal is { } malformed) return malformed;
        if (await db.Organisations.FindAsync([viewer.Organisation],
            cancel) is not { } organisation) return PartnershipRefusals.UnknownOrganisation;
        var now = clock.GetUtcNow();
        var partnership = Partnership.Start(new PartnershipId(Guid.CreateVersion7(now)), request.Title.Trim(),
            request.Challenge.Trim(), now);
        if (partnership.Join(new PartyId(Guid.CreateVersion7(now)), viewer.Organisation, viewer.Unit, organisation.Kind, required,
            [], now, out var party) is { } refusal)
            return refusal;
        await db.LetIn(InviteParty.Admission(party, now), cancel);
        db.Add(partnership);
        db.Add(party);
        db.Announce(partnership.Id.Value, partnership.Version, InviteParty.Joined(partnership, party));
        await db.SaveChangesAsync(cancel);
        var file = await PartnershipFile.Of(db, null, partnership, cancel);
        return Answers.Created($"/agreements/v1/partnerships/{partnership.Id.Value}", PartnershipView.Of(file, viewer), file.Tag);
    }
}
