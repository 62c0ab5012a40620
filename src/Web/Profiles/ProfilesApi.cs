using Iop.Web.Gateway;
using Iop.Web.Register;

namespace Iop.Web.Profiles;

/// <summary>What the register knows of one organisation or place.</summary>
internal sealed class ProfilesApi(GatewayCalls gateway)
{
    private const int EntriesShown = 20;

    public Task<Answer<OrganisationProfile>> Organisation(Guid id, CancellationToken cancel) =>
        gateway.Get<OrganisationProfile>($"/registry/v1/organisations/{id}", cancel);

    public Task<Answer<Listing<Place>>> Counties(CancellationToken cancel) =>
        gateway.Get<Listing<Place>>("/registry/v1/counties", cancel);

    public Task<Answer<Listing<Place>>> Municipalities(CancellationToken cancel) =>
        gateway.Get<Listing<Place>>("/registry/v1/municipalities", cancel);

    /// <summary>The entries of one organisation or place, all of them, with how they are spread.</summary>
    public Task<Answer<FoundEntries>> Entries(string what, string value, CancellationToken cancel) =>
        gateway.Get<FoundEntries>(
            $"/registry/v1/entries?{what}={Uri.EscapeDataString(value)}&facets=true&limit={EntriesShown.ToString(System.Globalization.CultureInfo.InvariantCulture)}",
            cancel);
}

public sealed record Place(string Code, string Name, string ShortName, string? CountyCode = null)
{
    public bool IsCounty => Code.Length == 2;
}

public sealed record OrganisationProfile(
    Guid Id, string Number, string Name, string Kind, string? LegalForm, string? Purpose, string? PlaceName,
    IReadOnlyList<OrganisationUnit>? Units, string? Body, Guid? FederationId, string? OwnPolicy, bool? InPublicBenefitRegister,
    string? Coverage, DateOnly? CoverageOn, string? MunicipalityCode = null, string? CountyCode = null);
