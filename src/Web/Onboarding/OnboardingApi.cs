using System.Net;
using Iop.Web.Gateway;
using Iop.Web.Operating;
using Iop.Web.Parts;
using Iop.Web.People;
using Iop.Web.Profiles;
using Iop.Web.Register;
using Iop.Web.Texts;

namespace Iop.Web.Onboarding;

/// <summary>What the register and the doors are told when an organisation begins.</summary>
internal sealed class OnboardingApi(GatewayCalls gateway, Words words)
{
    private const string Organisations = "/registry/v1/organisations";

    public Task<Answer<OrganisationProfile>> Organisation(Guid id, CancellationToken cancel) =>
        gateway.Get<OrganisationProfile>($"{Organisations}/{id}", cancel);

    public Task<Answer<Listing<Place>>> Counties(CancellationToken cancel) =>
        gateway.Get<Listing<Place>>("/registry/v1/counties", cancel);

    public Task<Answer<Listing<Place>>> Municipalities(CancellationToken cancel) =>
        gateway.Get<Listing<Place>>("/registry/v1/municipalities", cancel);

    public Task<Answer<MemberList>> Members(Guid organisation, CancellationToken cancel) =>
        gateway.Get<MemberList>($"/identity/v1/memberships?organisationId={organisation}", cancel);

    /// <summary>Registers it, or changes what is said of one that is known.</summary>
    public async Task<Answer<OrganisationProfile>> Write(Guid? known, Filled form, CancellationToken cancel)
    {
        var (federation, problem) = await Federation(form.Text("federation"), cancel);
        if (problem is not null) return new Answer<OrganisationProfile>(HttpStatusCode.BadRequest, null, null, problem);
        var facts = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["name"] = form.Text("name") ?? "", ["kind"] = form.Text("kind"), ["legalForm"] = form.Text("legalForm"),
            ["purpose"] = form.Text("purpose"), ["body"] = form.Text("kind") == "public" ? form.Text("body") : null,
            ["municipalityCode"] = form.Text("municipalityCode"), ["countyCode"] = form.Text("countyCode"),
            ["federationId"] = federation, ["ownPolicy"] = form.Text("ownPolicy"),
            ["inPublicBenefitRegister"] = form.Text("inPublicBenefitRegister") is { } said ? said == "yes" : null,
        };
        if (known is { } id)
            return await gateway.Act<OrganisationProfile>(
                HttpMethod.Put, $"{Organisations}/{id}", facts, form.Tag, form.Key, cancel);
        facts["number"] = form.Text("number") ?? "";
        return await gateway.Create<OrganisationProfile>(Organisations, facts, form.Key, cancel);
    }

    public Task<Answer<OrganisationUnit>> AddUnit(Guid organisation, Filled form, CancellationToken cancel) =>
        gateway.Create<OrganisationUnit>(
            $"{Organisations}/{organisation}/units", new { name = form.Text("name") ?? "" }, form.Key, cancel);

    public Task<Answer<OrganisationUnit>> RenameUnit(Guid organisation, Guid unit, Filled form, CancellationToken cancel) =>
        gateway.Act<OrganisationUnit>(HttpMethod.Put, $"{Organisations}/{organisation}/units/{unit}",
            new { name = form.Text("name") ?? "" }, form.Tag, form.Key, cancel);

    public Task<Answer<OrganisationProfile>> Declare(Guid organisation, Filled form, CancellationToken cancel) =>
        gateway.Act<OrganisationProfile>(HttpMethod.Put, $"{Organisations}/{organisation}/coverage",
            new { coverage = form.Text("coverage") }, form.Tag, form.Key, cancel);

    /// <summary>The federation that was written, by its number or its whole name.</summary>
    private async Task<(Guid? Federation, Problem? Problem)> Federation(string? written, CancellationToken cancel)
    {
        if (written is null) return (null, null);
        var found = await gateway.Get<KnownOrganisations>(
            $"{Organisations}?limit=50&q={Uri.EscapeDataString(written)}", cancel);
        if (found.Problem is { } no) return (null, no);
        var meant = found.Value!.Items.Where(one => Means(one, written)).ToList();
        return meant is [var one]
            ? (one.Id, null)
            : (null, new Problem(StatusCodes.Status400BadRequest, "request.invalid", words["problem.400"], null,
                [new WrongField("federation", "organisation.unknown-federation", words["onboarding.federation.unknown"])]));
    }

    private static bool Means(KnownOrganisation one, string written) =>
        string.Equals(one.Name, written, StringComparison.OrdinalIgnoreCase)
        || one.Number.Replace("-", "", StringComparison.Ordinal) == written.Replace("-", "", StringComparison.Ordinal);
}
