using Iop.Agreements.Assessing;
using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Texts;
using Iop.Agreements.Partnerships;
using Iop.Agreements.Storage;
using Iop.Kernel;
using Iop.Platform.Api;

namespace Iop.Agreements.Drafting;

/// <summary>A party accepts its role as the section stands. Whoever changes the section afterwards has to ask again.</summary>
internal static class AcceptRoles
{
    public const string Section = "roles";

    public sealed record Request(Guid PartyId);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/agreements/{id:guid}/sections/roles/acceptances", Handle).WithName(nameof(AcceptRoles));

    internal static async Task<Answer<AgreementView>> Handle(
        Guid id, Request request, IfMatch ifMatch, Viewer viewer, AgreementsDb db, Catalogues catalogues, TimeProvider clock,
            CancellationToken cancel)
    {
        if (await db.AgreementForWriting(id, cancel) is not { } agreement) return Refusal.NotFound;
        if (viewer.Caller.Lacks(Roles.Officer, Roles.Signatory) is { } missing) return missing;
        var file = await AgreementFile.Of(db, catalogues, agreement, cancel);
        var section = file.Sections.Single(one => one.Key == Section);
        if (ifMatch.Misses(section.Version) is { } stale) return stale;
        if (agreement.IsFixed is { } isFixed) return isFixed;
        var party = file.Parties.FirstOrDefault(one => one.Id.Value == request.PartyId);
        if (party is null) return AgreementRefusals.UnknownParty;
        if (!party.IsActedForBy(viewer.Organisation, viewer.Unit)) return PartnershipRefusals.NotAParty;
        if (RoleAcceptance.Give(Guid.CreateVersion7(clock.GetUtcNow()), section, party, viewer.Person, file.Living.Acceptances,
            clock.GetUtcNow(), out var acceptance) is { } refusal) return refusal;
        db.Add(acceptance);
        await db.SaveChangesAsync(cancel);
        var now = await AgreementFile.Of(db, catalogues, agreement, cancel);
        return Answers.Ok(await AgreementView.Of(now, viewer, cancel), now.Tag);
    }
}
