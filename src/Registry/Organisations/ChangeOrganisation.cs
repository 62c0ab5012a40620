using Iop.Kernel;
using Iop.Platform.Api;
using Iop.Platform.Identity;
using Iop.Registry.Domain;
using Iop.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Iop.Registry.Organisations;

/// <summary>The operator corrects what is said of an organisation; its number stays.</summary>
internal static class ChangeOrganisation
{
    public sealed record Request(
        string Name, OrganisationKind Kind, string? LegalForm = null, string? Purpose = null, string? MunicipalityCode = null,
        string? CountyCode = null, string? Body = null, Guid? FederationId = null, string? OwnPolicy = null,
        bool? InPublicBenefitRegister = null);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPut("/organisations/{id:guid}", Handle).WithName(nameof(ChangeOrganisation));

    internal static async Task<Answer<OrganisationView>> Handle(
        Guid id, Request request, Caller caller, IfMatch ifMatch, RegistryDb db, CancellationToken cancel)
    {
        var key = new OrganisationId(id);
        if (await db.Organisations.FirstOrDefaultAsync(known => known.OrganisationId == key, cancel) is not { } organisation)
            return Refusal.NotFound;
        if (caller.Lacks(Roles.Operator) is { } missing) return missing;
        if (ifMatch.Misses(organisation.Version) is { } stale) return stale;
        var fields = OrganisationRequest.Look(request.Name, request.LegalForm, request.Purpose, request.MunicipalityCode,
            request.CountyCode).More(request.Body, request.OwnPolicy)
            .Must("federationId", await db.IsFederation(request.FederationId, id, cancel), "organisation.unknown-federation");
        if (fields.Refusal is { } malformed) return malformed;

        organisation.Change(new OrganisationFacts(
            request.Name.Trim(), request.Kind, request.LegalForm, request.Purpose, request.MunicipalityCode, request.CountyCode,
            request.Body, request.FederationId, request.OwnPolicy, request.InPublicBenefitRegister));
        db.Announce(organisation);
        await db.SaveChangesAsync(cancel);
        return Answers.Ok(OrganisationView.Of(organisation), organisation.Version);
    }
}
