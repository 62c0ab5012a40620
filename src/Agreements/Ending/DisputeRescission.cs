using Iop.Agreements.Changing;
using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Life;
using Iop.Agreements.Drafting;
using Iop.Agreements.Storage;
using Iop.Kernel;
using Iop.Platform.Api;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Ending;

/// <summary>A party does not accept a rescission (bestrider hävningen). It is recorded; the state stays.</summary>
internal static class DisputeRescission
{
    public sealed record Request(string Reason, Guid? PartyId = null);

    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/agreements/{id:guid}/rescission/disputes", Handle)
        .WithName(nameof(DisputeRescission));

    internal static async Task<Answer<AgreementView>> Handle(
        Guid id, Request request, IfMatch ifMatch, LifeActs acts, AgreementsDb db, CancellationToken cancel)
    {
        var fields = new Fields().Text("reason", request.Reason, Termination.ReasonMax);
        var (file, no) = await acts.Begin(id, ifMatch, fields, [Roles.Signatory, Roles.Legal], cancel);
        if (no is not null) return no;
        if (acts.PartyOf(file, request.PartyId) is not { } party) return PartnershipRefusals.NotAParty;
        var rescission = await db.Terminations.SingleOrDefaultAsync(of => of.AgreementId == file.Agreement.Id
            && of.Kind == TerminationKind.Rescission, cancel);
        if (rescission is null) return LifeRefusals.NotRescinded;
        db.Add(new Dispute
        {
            DisputeId = Guid.CreateVersion7(acts.Now),
            TerminationId = rescission.TerminationId,
            AgreementId = file.Agreement.Id,
            PartnershipId = file.Agreement.PartnershipId,
            PartyId = party.Id,
            Organisation = party.Organisation,
            Person = acts.Changer.Person,
            Reason = request.Reason.Trim(),
            At = acts.Now,
        });
        file.Agreement.Note();
        return await acts.Done(file, cancel);
    }
}
