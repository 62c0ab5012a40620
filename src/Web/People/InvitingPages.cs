using Iop.Web.Frame;
using Iop.Web.Gateway;
using Iop.Web.Operating;
using Iop.Web.Parts;
using Iop.Web.Problems;
using Iop.Web.Profiles;
using Iop.Web.Texts;

namespace Iop.Web.People;

/// <summary>Somebody is asked in: by an administrator, or, as an organisation's first administrator, by the operator; and asked
/// again, when the invitation was lost. Whoever has an account already is shown first.</summary>
internal static class InvitingPages
{
    private const string Here = PeoplePages.Here;
    private const string Memberships = "/identity/v1/memberships";

    public static void Map(WebApplication app)
    {
        app.MapGet(Here + "/bjud-in",
            (Guid? enhet, Guid? organisation, GatewayCalls gateway, Visitor visitor, CancellationToken cancel) =>
                Asking(enhet, organisation, gateway, visitor, null, cancel));
        app.MapPost(Here + "/bjud-in", Invite);
        app.MapPost(Here + "/bjud-in/konto", GiveKnown);
        app.MapPost(Here + "/bjud-in/annan", (Filled form, GatewayCalls gateway, Visitor visitor, CancellationToken cancel) =>
            Asking(Chosen(form, "unitId"), OrganisationOf(form), gateway, visitor, form, cancel));
        app.MapPost(Here + "/inbjudan/{person:guid}", Again);
        app.MapPost(Here + "/inbjudan/{person:guid}/adress", Elsewhere);
    }

    /// <summary>Another organisation than the own, which the form is about.</summary>
    public static Guid? OrganisationOf(Filled form) => Chosen(form, "organisationId");

    public static string BackOf(Guid? organisation) =>
        organisation is { } of ? $"{OperatingPages.Here}/organisationer/{of}" : Here;

    public static IReadOnlyList<Link> Crumbs(Words words, Guid? organisation) => organisation is null
        ? [new Link(words["people.title"], Here)]
        : [new Link(words["operating.title"], OperatingPages.Here),
            new Link(words["overview.title"], OperatingPages.Here + "/organisationer")];

    /// <param name="organisation">Another organisation than one's own: the operator names its first administrator.</param>
    private static async Task<IResult> Asking(
        Guid? unit, Guid? organisation, GatewayCalls gateway, Visitor visitor, Filled? form, CancellationToken cancel)
    {
        var of = organisation is { } asked && asked != visitor.Person?.Acting?.OrganisationId ? asked : (Guid?)null;
        var members = await gateway.Get<MemberList>(of is null ? Memberships : $"{Memberships}?organisationId={of}", cancel);
        if (members.Problem is { } no) return no.AsPage(visitor);
        var profile = of is null ? null
            : (await gateway.Get<OrganisationProfile>($"/registry/v1/organisations/{of}", cancel)).Value;
        return Page.Of<InvitePage>(new
        {
            Units = of is null ? members.Value!.Units : [], UnitId = unit, OrganisationId = of, Organisation = profile?.Name,
            Form = form,
        }, form?.Problem?.Status ?? StatusCodes.Status200OK);
    }

    // The link may be in this answer and nowhere else, so the page is not left by a redirect.
    private static async Task<IResult> Invite(
        Filled form, GatewayCalls gateway, Visitor visitor, Words words, IConfiguration configuration, CancellationToken cancel)
    {
        if (form.All("roles").Count == 0) // before anybody is registered: an invitation to nothing
        {
            return await Ask(form.With(new Problem(StatusCodes.Status400BadRequest, "request.invalid",
                words["problem.400"], null, [new WrongField("roles", "field.required", words["people.roles.required"])])));
        }
        var person = await gateway.Create<Invited>("/identity/v1/people", new
        {
            name = form.Text("name") ?? "", email = form.Text("email") ?? "",
            language = form.Text("language") ?? visitor.Language,
        }, form.Key, cancel);
        // Somebody who works for another organisation has an account already; is it the one who is meant?
        if (person.Problem is { ExistingId: { } existing } known)
            return Page.Of<KnownPersonPage>(new { Form = form, PersonId = existing, Said = known.Detail ?? known.Title });
        if (person.Problem is { } wrong) return await Ask(form.With(wrong));
        var given = await Give(person.Value!.Id, form, gateway, visitor, cancel);
        if (given.Problem is { } no) return await Ask(form.With(no));
        return Told(person.Value, form, configuration);

        Task<IResult> Ask(Filled again) => Asking(
            Chosen(form, "unitId"), OrganisationOf(form), gateway, visitor, again, cancel);
    }

    private static async Task<IResult> GiveKnown(
        Filled form, GatewayCalls gateway, Visitor visitor, CancellationToken cancel)
    {
        if (Chosen(form, "personId") is not { } id)
            return new Problem(StatusCodes.Status404NotFound, null, "", null, []).AsPage(visitor);
        var given = await Give(id, form, gateway, visitor, cancel);
        return given.Problem is { } no
            ? await Asking(
                Chosen(form, "unitId"), OrganisationOf(form), gateway, visitor, form.With(no), cancel)
            : Page.Of<InvitedPage>(new { given.Value!.Name, OrganisationId = OrganisationOf(form) });
    }

    private static async Task<IResult> Again(Guid person, Filled form, GatewayCalls gateway, Visitor visitor,
        IConfiguration configuration, CancellationToken cancel)
    {
        var again = await gateway.Create<Invited>($"/identity/v1/people/{person}/invitations", new { }, form.Key, cancel);
        return again.Problem is { } no ? no.AsPage(visitor) : Told(again.Value!, form, configuration);
    }

    private static async Task<IResult> Elsewhere(Guid person, Filled form, GatewayCalls gateway, Visitor visitor,
        IConfiguration configuration, CancellationToken cancel)
    {
        var corrected = await gateway.Create<Invited>(
            $"/identity/v1/people/{person}/address-corrections", new { email = form.Text("email") ?? "" }, form.Key, cancel);
        return corrected.Problem is { } no ? no.AsPage(visitor) : Told(corrected.Value!, form, configuration);
    }

    private static IResult Told(Invited invited, Filled form, IConfiguration configuration) => Page.Of<InvitedPage>(new
    {
        Name = form.Text("name"), OrganisationId = OrganisationOf(form), invited.ExpiresAt,
        Link = invited.InvitationToken is { } token ? $"{configuration["PublicBaseUrl"]?.TrimEnd('/')}/inbjudan/{token}" : null,
    });

    private static Task<Answer<Member>> Give(
        Guid person, Filled form, GatewayCalls gateway, Visitor visitor, CancellationToken cancel) =>
        gateway.Create<Member>(Memberships, new
        {
            personId = person, organisationId = OrganisationOf(form) ?? visitor.Person?.Acting?.OrganisationId,
            roles = form.All("roles"), unitId = Chosen(form, "unitId"),
        }, form.Key is { } key ? key + "-r" : null, cancel);

    private static Guid? Chosen(Filled form, string name) => Guid.TryParse(form[name], out var chosen) ? chosen : null;

    private sealed record Invited(Guid Id, string? InvitationToken, DateTimeOffset ExpiresAt);
}
