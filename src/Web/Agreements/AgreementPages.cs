using Iop.Web.AgreementParts;
using Iop.Web.Frame;
using Iop.Web.Problems;

namespace Iop.Web.Agreements;

/// <summary>One agreement and what is done with it, each act on a page of its own.</summary>
internal static class AgreementPages
{
    /// <summary>What is agreed, whether it may be and who has signed it, what is done with it, and what has happened.</summary>
    private static readonly (string Group, string[] Pages)[] SidePages =
    [
        ("text", ["", "/mal", "/verksamheter", "/resurser", "/organ", "/bilagor", "/kommentarer"]),
        ("law", ["/bedomning", "/stod", "/underskrift", "/versioner"]),
        ("life", ["/liv", "/plan", "/forutsattningar", "/pott", "/avslut"]),
        ("past", ["/historik", "/datum"]),
    ];

    public static void Map(WebApplication app)
    {
        app.MapGet("/avtal/{id:guid}", Show);
        WriteSection.Map(app);
        AddContribution.Map(app);
        AssessAgreement.Map(app);
        OpenForSignature.Map(app);
        PartPages.Map(app);
    }

    private static async Task<IResult> Show(Guid id, AgreementsApi api, Visitor visitor, CancellationToken cancel)
    {
        var agreement = await api.Show(id, cancel);
        return agreement.Problem is { } no
            ? no.AsPage(visitor)
            : Page.Of<AgreementOverview>(new { Agreement = agreement.Value, agreement.Tag });
    }

    /// <summary>The agreement's page and its sub-pages.</summary>
    public static IReadOnlyList<Link> Side(Texts.Words words, Guid id, string here) =>
    [
        .. SidePages.SelectMany(part => part.Pages.Select(page =>
            new Link(words["agreement.side" + page], $"/avtal/{id}{page}", page == here)
            {
                Group = words[$"agreement.group.{part.Group}"],
            })),
    ];

    public static IReadOnlyList<Link> Crumbs(Texts.Words words, Agreement agreement, bool within = false) =>
    [
        new Link(words["section.partnerships"], "/samverkan"),
        new Link(words["workspace.kicker"], $"/samverkan/{agreement.PartnershipId}"),
        .. within ? [new Link(agreement.Title, $"/avtal/{agreement.Id}")] : Array.Empty<Link>(),
    ];
}
