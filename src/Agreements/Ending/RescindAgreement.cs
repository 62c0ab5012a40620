using Iop.Agreements.Changing;
using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Life;
using Iop.Agreements.Drafting;
using Iop.Agreements.Life;
using Iop.Agreements.Storage;
using Iop.Contracts.Agreements;
using Iop.Kernel;
using Iop.Platform.Api;

namespace Iop.Agreements.Ending;

/// <summary>A party rescinds the agreement (häver), at once, on a ground and a clause. Whether it may is not the platform's to
/// judge; another party may dispute it.</summary>
internal static class RescindAgreement
{
    /// <param name="PartyId">Which party, for someone who may sign for several units of one organisation.</param>
    public sealed record Request(string Reason, RescissionGround Ground, string Clause, Guid? PartyId = null);

    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/agreements/{id:guid}/rescission", Handle)
        .WithName(nameof(RescindAgreement));

    internal static async Task<Answer<AgreementView>> Handle(
        Guid id, Request request, IfMatch ifMatch, LifeActs acts, AgreementsDb db, TakingOver takingOver,
        CancellationToken cancel)
    {
        var fields = new Fields().Text("reason", request.Reason, Termination.ReasonMax)
            .Text("clause", request.Clause, Termination.ClauseMax);
        var (file, no) = await acts.Begin(id, ifMatch, fields, [Roles.Signatory], cancel);
        if (no is not null) return no;
        if (acts.PartyOf(file, request.PartyId) is not { } party) return PartnershipRefusals.NotAParty;
        var agreement = file.Agreement;
        if (Instruments.Rescind(agreement) is { } refusal) return refusal;
        db.Add(Given(file.Agreement, party, request, acts));
        await db.SaveChangesAsync(cancel); // the database sees the rescission before the state moves
        var wasSigned = agreement.Working is Working.Signed;
        await takingOver.GiveUp(agreement, "over", cancel);
        if (agreement.Rescind(acts.Now) is { } notNow) return notNow;
        await takingOver.Over(agreement, acts.Today, wasSigned, file.Changes.Where(change => change.IsDeparture), cancel);
        db.Announce(id, agreement.Version, new AgreementEnded
        {
            AgreementId = id,
            Sequence = agreement.Version,
            PartnershipId = agreement.PartnershipId.Value,
            Title = agreement.Title,
            EndedOn = acts.Today,
            How = "rescinded",
        });
        return await acts.Done(file, cancel);
    }

    private static Termination Given(Agreement agreement, Party party, Request request, LifeActs acts) => new()
    {
        TerminationId = new TerminationId(Guid.CreateVersion7(acts.Now)),
        AgreementId = agreement.Id,
        PartnershipId = agreement.PartnershipId,
        Kind = TerminationKind.Rescission,
        PartyId = party.Id,
        Organisation = party.Organisation,
        Person = acts.Changer.Person,
        Reason = request.Reason.Trim(),
        Ground = request.Ground,
        Clause = request.Clause.Trim(),
        GivenAt = acts.Now,
        LastDay = acts.Today,
    };
}
