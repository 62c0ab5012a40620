using System.Net;
using Iop.Kernel;
using Iop.TestKit;

namespace Iop.Agreements.Tests;

/// <summary>An agreement in force with all that can be below it, and somebody who came into the partnership after it.</summary>
public sealed class WhoMayWorld(Servers servers) : AgreementsWorld(servers)
{
    private readonly Dictionary<string, Guid> _made = new(StringComparer.Ordinal);

    /// <summary>A party of the partnership, but not of this agreement.</summary>
    public Guid Beside { get; } = Guid.NewGuid();

    public Guid RegionsUnit { get; } = Guid.NewGuid();

    public Case Of { get; private set; } = null!;

    public Case Paper { get; private set; } = null!;

    public string Partnership => $"/agreements/v1/partnerships/{Of.Partners.Id}";

    /// <summary>Where the act is posted (or put).</summary>
    public string Path(string act) => act.Split(' ') switch
    {
        ["paper", var what] => $"{Paper.Path}/paper{(what == "named" ? "" : "/" + what)}",
        ["paper-agreements"] => $"{Partnership}/paper-agreements",
        [var path] => $"{Of.Path}/{_made.Aggregate(path, (text, one) => text.Replace($"{{{one.Key}}}", one.Value.ToString(),
            StringComparison.Ordinal))}",
        _ => throw new ArgumentOutOfRangeException(nameof(act), act, "No such act."),
    };

    protected override async Task BeforeTests()
    {
        await base.BeforeTests();
        await Known(Region, "Region Jönköpings län", "public", 2, (RegionsUnit, "Vuxenpsykiatrin"));
        await Known(Beside, "Ny förening", "idea-driven");
        var living = await LivingCase.InForce(this);
        Of = living.Of;
        await living.Pool();
        _made["entry"] = (await living.Deposit("500.00")).Is(HttpStatusCode.Created).Id;
        _made["grant"] = (await living.Grant("100.00")).Is(HttpStatusCode.Created).Id;
        _made["plan"] = (await Officer.Create($"{Of.Path}/plans", living.Plan())).Is(HttpStatusCode.Created).Id;
        _made["precondition"] = (await Officer.Create($"{Of.Path}/preconditions", LivingBodies.Precondition))
            .Is(HttpStatusCode.Created).Id;
        _made["step"] = (await Officer.Create($"{Of.Path}/closing/exit-steps", new { activity = "Stödsamtal" }))
            .Is(HttpStatusCode.Created).Id;
        _made["thread"] = (await Officer.Create($"{Of.Path}/comments", new { sectionKey = "goals", text = "Räcker det?" }))
            .Is(HttpStatusCode.Created).Id;
        (await Of.Do(Officer, "joint-talks", new { on = "2026-05-05" })).Is(HttpStatusCode.OK);
        _made["talk"] = (await Of.Life(Officer)).GetProperty("talks")[0].GetProperty("id").GetGuid();
        (await Officer.Create($"{Partnership}/parties", new { organisationId = Beside, requiredSignatures = 1 }))
            .Is(HttpStatusCode.Created);
        var partners = await Partners();
        var brought = (await Officer.Create($"/agreements/v1/partnerships/{partners.Id}/paper-agreements",
            new { title = "Stadsmissionens jour", signedOn = "2022-12-12", startsOn = "2023-01-01", autoRenews = true }))
            .Is(HttpStatusCode.Created);
        Paper = new Case(this, brought.Body.GetProperty("agreementId").GetGuid(), partners);
    }
}
