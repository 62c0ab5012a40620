using Iop.Contracts.Registry;
using Iop.Kernel;
using Iop.Platform.Api;
using Iop.Registry.Domain;
using Iop.Registry.Places;
using Iop.Registry.Storage;

namespace Iop.Registry.Organisations;

/// <summary>An organisation as everybody sees it.</summary>
public sealed record OrganisationView(
    Guid Id, string Number, string Name, OrganisationKind Kind, string? LegalForm, string? Purpose, string? MunicipalityCode,
    string? CountyCode,
    string? PlaceName, IReadOnlyList<UnitView> Units, string? Body, Guid? FederationId, string? OwnPolicy,
    bool? InPublicBenefitRegister, Coverage? Coverage, DateOnly? CoverageOn)
{
    internal static OrganisationView Of(Organisation organisation) => new(
        organisation.OrganisationId.Value, organisation.Number.Insert(6, "-"), organisation.Name, organisation.Kind,
        organisation.LegalForm,
        organisation.Purpose, organisation.MunicipalityCode, organisation.CountyCode,
        PlaceList.NameOf(organisation.MunicipalityCode, organisation.CountyCode),
        [.. organisation.Units.OrderBy(unit => unit.Name, PlaceList.Swedish)
            .Select(unit => new UnitView(unit.UnitId, unit.Name))],
        organisation.Body, organisation.FederationId?.Value, organisation.OwnPolicy, organisation.InPublicBenefitRegister,
        organisation.Coverage, organisation.CoverageOn);
}

public sealed record UnitView(Guid Id, string Name);

/// <summary>What a request says of an organisation; the same when registering and when changing.</summary>
internal static class OrganisationRequest
{
    private const int NameMax = 200;
    private const int LegalFormMax = 100;
    private const int PurposeMax = 2000;

    public static Fields Look(string? name, string? legalForm, string? purpose, string? municipalityCode, string? countyCode) =>
        new Fields()
        .Text("name", name, NameMax)
        .OptionalText("legalForm", legalForm, LegalFormMax)
        .OptionalText("purpose", purpose, PurposeMax)
        .Must("name", PublicText.IsWithoutPersons($"{name}\n{legalForm}"), "entry.names-a-person")
        .Must("purpose", PublicText.IsWithoutPersons(purpose), "entry.names-a-person")
        .Must("municipalityCode", municipalityCode is null
            || (municipalityCode.Length == 4 && PlaceList.Has(municipalityCode)), "place.unknown")
        .Must("countyCode", countyCode is null || (countyCode.Length == 2 && PlaceList.Has(countyCode)), "place.unknown")
        .Must("countyCode", municipalityCode is null || countyCode is null
            || municipalityCode.StartsWith(countyCode, StringComparison.Ordinal),
            "place.not-in-county");

    public static Fields More(this Fields fields, string? body, string? ownPolicy) => fields
        .Must("body", body is null || EntryChoices.Bodies.Contains(body, StringComparer.Ordinal), "organisation.unknown-body")
        .OptionalText("ownPolicy", ownPolicy, PurposeMax)
        .Must("ownPolicy", PublicText.IsWithoutPersons(ownPolicy), "entry.names-a-person");
}

internal static class OrganisationAnnouncement
{
    /// <summary>Tells everybody what is now known of the organisation.</summary>
    public static void Announce(this RegistryDb db, Organisation organisation) =>
        db.Announce(organisation.OrganisationId.Value, organisation.Version, new OrganisationChanged
        {
            OrganisationId = organisation.OrganisationId.Value,
            Sequence = organisation.Version,
            Number = organisation.Number,
            Name = organisation.Name,
            Kind = organisation.Kind switch
            {
                OrganisationKind.Public => "public",
                OrganisationKind.IdeaDriven => "idea-driven",
                OrganisationKind.Private => "private",
                _ => throw new System.Diagnostics.UnreachableException(),
            },
            MunicipalityCode = organisation.MunicipalityCode,
            CountyCode = organisation.CountyCode,
            Units = [.. organisation.Units.Select(unit =>
                new OrganisationChangedUnit { UnitId = unit.UnitId, Name = unit.Name })],
        });
}
