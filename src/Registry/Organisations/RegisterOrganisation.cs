using Iop.Kernel;
using Iop.Platform;
using Iop.Platform.Api;
using Iop.Platform.Identity;
using Iop.Registry.Domain;
using Iop.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Iop.Registry.Organisations;

/// <summary>The operator registers an organisation (lägger upp en organisation); all services hear of it.</summary>
internal static class RegisterOrganisation
{
    public sealed record Request(
        string Number, string Name, OrganisationKind Kind, string? LegalForm = null, string? Purpose = null,
        string? MunicipalityCode = null,
        string? CountyCode = null, string? Body = null, Guid? FederationId = null, string? OwnPolicy = null,
        bool? InPublicBenefitRegister = null);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/organisations", Handle).WithName(nameof(RegisterOrganisation)).Creates();

    internal static async Task<Answer<OrganisationView>> Handle(
        Request request, Caller caller, RegistryDb db, TimeProvider clock, IHostEnvironment environment, CancellationToken cancel)
    {
        if (caller.Lacks(Roles.Operator) is { } missing) return missing;
        var unreadable = OrganisationNumber.TryParse(request.Number, out var number);
        var fields = OrganisationRequest.Look(request.Name, request.LegalForm, request.Purpose, request.MunicipalityCode,
            request.CountyCode).More(request.Body, request.OwnPolicy)
            .Must("federationId", await db.IsFederation(request.FederationId, null, cancel), "organisation.unknown-federation")
            .Accept("number", unreadable)
            .Accept("number", unreadable is null && number.IsTestNumber && environment.IsProduction()
                ? OrganisationRefusals.TestNumber : null);
        if (fields.Refusal is { } malformed) return malformed;
        if (await db.Organisations.AsNoTracking()
            .FirstOrDefaultAsync(known => known.Number == number.Digits, cancel) is { } existing)
            return OrganisationRefusals.AlreadyRegistered(number, existing.OrganisationId);

        var facts = new OrganisationFacts(
            request.Name.Trim(), request.Kind, request.LegalForm, request.Purpose, request.MunicipalityCode, request.CountyCode,
            request.Body, request.FederationId, request.OwnPolicy, request.InPublicBenefitRegister);
        var id = new OrganisationId(Guid.CreateVersion7(clock.GetUtcNow()));
        var organisation = Organisation.Register(id, number, facts, clock.Today());
        db.Add(organisation);
        db.Announce(organisation);
        await db.SaveChangesAsync(cancel);
        await db.Recognise(organisation, cancel);
        return Answers.Created($"/registry/v1/organisations/{id.Value}", OrganisationView.Of(organisation), organisation.Version);
    }
}
