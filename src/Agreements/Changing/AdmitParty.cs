using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Life;
using Iop.Agreements.Drafting;
using Iop.Agreements.Life;
using Iop.Agreements.Storage;
using Iop.Kernel;
using Iop.Platform.Api;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Changing;

/// <summary>A party of the partnership joins the agreement (anslutning): all accept by signing, the newcomer too. Only its roles
/// and contributions are added.</summary>
internal static class AdmitParty
{
    public sealed record Request(Guid PartyId, string Reason, DateOnly EffectiveOn);

    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/agreements/{id:guid}/accession", Handle)
        .WithName(nameof(AdmitParty));

    internal static async Task<Answer<AgreementView>> Handle(
        Guid id, Request request, IfMatch ifMatch, LifeActs acts, AgreementsDb db, CancellationToken cancel)
    {
        var fields = new Fields().Text("reason", request.Reason, Change.ReasonMax);
        var (file, no) = await acts.Begin(id, ifMatch, fields, [Roles.Officer], cancel);
        if (no is not null) return no;
        if (file.EverParties.FirstOrDefault(party => party.Id.Value == request.PartyId) is not { } newcomer)
            return AgreementRefusals.UnknownParty;
        if (Instruments.Admit(file.Agreement, file.Parties, newcomer, request.EffectiveOn, acts.Today) is { } refusal)
            return refusal;
        var link = await db.AgreementParties.SingleOrDefaultAsync(
            known => known.AgreementId == file.Agreement.Id && known.PartyId == newcomer.Id, cancel);
        var change = Change.Begin(new ChangeId(Guid.CreateVersion7(acts.Now)), file.Agreement, ChangeKind.Accession,
            request.Reason.Trim(), acts.Changer, request.EffectiveOn, acts.Now, newcomer.Id);
        if (await acts.Open(file, change, cancel) is { } closed) return closed;
        if (link is null) db.Add(new AgreementParty
        {
            AgreementId = file.Agreement.Id, PartyId = newcomer.Id, PartnershipId = file.Agreement.PartnershipId,
        });
        else link.InText = true;
        db.Announce(id, file.Agreement.Version, ChangeFacts.Begun(file, change));
        // Who has left and comes back is let in again.
        await db.Schedule(KeepAccessWithTheAgreements.Kind, newcomer.Id.Value, acts.Now, cancel);
        return await acts.Done(file, cancel);
    }
}
