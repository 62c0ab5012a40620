using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Life;
using Iop.Agreements.Drafting;
using Iop.Agreements.Partnerships;
using Iop.Agreements.Storage;
using Iop.Kernel;
using Iop.Platform.Api;

namespace Iop.Agreements.Changing;

/// <summary>A party leaves (utträde), with the agreement's notice; the others go on. Where a side would be missing, the agreement
/// is given notice instead.</summary>
internal static class LeaveAgreement
{
    /// <param name="PartyId">Which party, for someone who may sign for several units of one organisation.</param>
    public sealed record Request(string Reason, Guid? PartyId = null);

    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/agreements/{id:guid}/departure", Handle)
        .WithName(nameof(LeaveAgreement));

    internal static async Task<Answer<AgreementView>> Handle(
        Guid id, Request request, IfMatch ifMatch, LifeActs acts, AgreementsDb db, CancellationToken cancel)
    {
        var fields = new Fields().Text("reason", request.Reason, Change.ReasonMax);
        var (file, no) = await acts.Begin(id, ifMatch, fields, [Roles.Signatory], cancel);
        if (no is not null) return no;
        if (acts.PartyOf(file, request.PartyId) is not { } party) return PartnershipRefusals.NotAParty;
        if (file.Agreement.InForceHash is null) return LifeRefusals.NotInForce(file.Agreement.State);
        var inForce = (await acts.InForce(file, cancel)).Text.Parties.Select(of => new Member(new PartyId(of.PartyId), of.Kind))
            .ToList();
        if (inForce.TrueForAll(of => of.Id != party.Id)) return PartnershipRefusals.NotAParty;
        var leaving = file.Changes.Where(change => change.IsDeparture).Select(change => change.PartyId!.Value).ToList();
        if (Instruments.Leave(file.Agreement, inForce, party.Id, leaving, acts.Today, out var day) is { } refusal) return refusal;
        var change = Change.Begin(new ChangeId(Guid.CreateVersion7(acts.Now)), file.Agreement, ChangeKind.Withdrawal,
            request.Reason.Trim(), acts.Changer, day, acts.Now, party.Id);
        db.Add(change);
        file.Agreement.Note();
        db.Announce(id, file.Agreement.Version, ChangeFacts.Begun(file, change));
        return await acts.Done(file, cancel);
    }
}
