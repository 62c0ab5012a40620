using Iop.Agreements.Changing;
using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Life;
using Iop.Agreements.Drafting;
using Iop.Agreements.Storage;
using Iop.Contracts.Agreements;
using Iop.Kernel;
using Iop.Platform.Api;

namespace Iop.Agreements.Ending;

/// <summary>A party gives notice (säger upp): the agreement is in force for all until the notice has run out.
/// A change that is being written is given up.</summary>
internal static class GiveNotice
{
    private const string Given = "notice";

    /// <param name="PartyId">Which party, for someone who may sign for several units of one organisation.</param>
    public sealed record Request(string Reason, Guid? PartyId = null);

    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/agreements/{id:guid}/notice", Handle)
        .WithName(nameof(GiveNotice));

    internal static async Task<Answer<AgreementView>> Handle(
        Guid id, Request request, IfMatch ifMatch, LifeActs acts, AgreementsDb db, CancellationToken cancel)
    {
        var fields = new Fields().Text("reason", request.Reason, Termination.ReasonMax);
        var (file, no) = await acts.Begin(id, ifMatch, fields, [Roles.Signatory], cancel);
        if (no is not null) return no;
        if (acts.PartyOf(file, request.PartyId) is not { } party) return PartnershipRefusals.NotAParty;
        var agreement = file.Agreement;
        if (Instruments.GiveNotice(agreement, acts.Today, out var lastDay) is { } refusal) return refusal;
        if (await acts.GiveUp(file, Given, cancel) is { } still) return still;
        db.Add(new Termination
        {
            TerminationId = new TerminationId(Guid.CreateVersion7(acts.Now)),
            AgreementId = agreement.Id,
            PartnershipId = agreement.PartnershipId,
            Kind = TerminationKind.Notice,
            PartyId = party.Id,
            Organisation = party.Organisation,
            Person = acts.Changer.Person,
            Reason = request.Reason.Trim(),
            GivenAt = acts.Now,
            LastDay = lastDay,
        });
        await db.SaveChangesAsync(cancel); // the database sees the notice before the state moves
        if (agreement.GiveNotice(lastDay, acts.Now) is { } notNow) return notNow;
        db.Announce(id, agreement.Version, new AgreementNoticeGiven
        {
            AgreementId = id,
            Sequence = agreement.Version,
            PartnershipId = agreement.PartnershipId.Value,
            Title = agreement.Title,
            OrganisationId = party.Organisation.Value,
            Reason = request.Reason.Trim(),
            LastDay = lastDay,
        });
        return await acts.Done(file, cancel);
    }
}
