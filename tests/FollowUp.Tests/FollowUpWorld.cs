using System.Net;
using Iop.Contracts.Agreements;
using Iop.Contracts.OutcomeFinance;
using Iop.Kernel;
using Iop.Platform.Identity;
using Iop.TestKit;
using Npgsql;

[assembly: AssemblyFixture(typeof(Servers))]

namespace Iop.FollowUp.Tests;

/// <summary>A region and an association that follow each other up; a municipality and a fund whose outcomes an institute
/// verifies.</summary>
public sealed class FollowUpWorld(Servers servers) : ServiceHost<Program>(servers, "follow_up")
{
    /// <summary>What the service logs and traces.</summary>
    public Overhearing Heard { get; } = new();

    protected override void Configure(Microsoft.Extensions.DependencyInjection.IServiceCollection services) =>
        Heard.Listen(services);

    public Guid Region { get; } = Guid.NewGuid();

    public Guid Association { get; } = Guid.NewGuid();

    public Guid Municipality { get; } = Guid.NewGuid();

    public Guid Fund { get; } = Guid.NewGuid();

    public Guid Institute { get; } = Guid.NewGuid();

    public Guid Provider { get; } = Guid.NewGuid();

    public Caller Officer => Callers.Of(Region, Roles.Officer);

    public Caller Reporter => Callers.Of(Municipality, Roles.Reporter);

    public Caller Verifier => Callers.Of(Institute, Roles.Verifier);

    public Caller Stranger { get; } = Callers.Of(Guid.NewGuid(), [.. Roles.All]);

    public AgreementEnteredIntoForce InForce(Guid? agreement = null) => new()
    {
        AgreementId = agreement ?? Guid.NewGuid(),
        Sequence = 7,
        PartnershipId = Guid.NewGuid(),
        Title = "Vårsol",
        VersionHash = new string('a', 64),
        SignedOn = new DateOnly(2026, 1, 15),
        StartsOn = new DateOnly(2026, 1, 1),
        EndsOn = new DateOnly(2027, 12, 31),
        AutoRenews = false,
        Purpose = "Stöd till barn",
        Challenge = "Barn vars anhöriga är sjuka",
        TargetGroup = "Barn från fyra år",
        Parties =
        [
            new() { PartyId = Guid.NewGuid(), OrganisationId = Region, Name = "Regionen", Kind = "public" },
            new() { PartyId = Guid.NewGuid(), OrganisationId = Association, Name = "Föreningen", Kind = "idea-driven" },
        ],
        Contributions = [],
    };

    public async Task<Guid> Plan(AgreementEnteredIntoForce agreement)
    {
        var plans = (await As(Officer).Get($"/follow-up/v1/plans?partnershipId={agreement.PartnershipId}")).Is(HttpStatusCode.OK);
        return Assert.Single(plans.Body.GetProperty("items").EnumerateArray()).GetProperty("id").GetGuid();
    }

    public async Task<Guid> OpenPlan()
    {
        var agreement = InForce();
        await Tell(agreement);
        return await Plan(agreement);
    }

    public OutcomeContractSigned Contract(Guid? verifier = null) => new()
    {
        ContractId = Guid.NewGuid(),
        Sequence = 6,
        Title = "Team Nystart",
        VersionHash = new string('b', 64),
        Currency = "SEK",
        Parties =
        [
            new() { OrganisationId = Municipality, Name = "Norrköpings kommun", Role = "payer" },
            new() { OrganisationId = Fund, Name = "Leksell", Role = "funder" },
            new() { OrganisationId = Fund, Name = "Leksell", Role = "payee" },
            new() { OrganisationId = verifier ?? Institute, Name = "RISE", Role = "verifier" },
        ],
        Measures =
        [
            new() { Path = "investerat", Type = "money", Accumulation = "latest", Unit = "SEK", MayBeNegative = false },
            new() { Path = "besparing", Type = "money", Accumulation = "latest", Unit = "SEK", MayBeNegative = true },
            new() { Path = "skolresultat_förbättrade", Type = "boolean", Accumulation = "latest", MayBeNegative = false },
            new() { Path = "kohorter/deltagare", Type = "count", Accumulation = "additive", Unit = "personer",
                MayBeNegative = false },
        ],
        Periods =
        [
            new() { Key = "2025", From = new DateOnly(2025, 1, 1), To = new DateOnly(2025, 12, 31), Final = false },
            new() { Key = "2030", From = new DateOnly(2030, 1, 1), To = new DateOnly(2030, 12, 31), Final = true },
        ],
    };

    public async Task<Guid> SignedContract()
    {
        var contract = Contract();
        await Tell(contract);
        return contract.ContractId;
    }

    public static object Report(string saved = "4000000", Guid? instead = null, string period = "2025", params object[] more) =>
        new
    {
        periodKey = period,
        figures = new object[]
        {
            new { path = "investerat", type = "number", value = "7500000" },
            new { path = "besparing", type = "number", value = saved },
            new { path = "skolresultat_förbättrade", type = "boolean", value = "false" },
        }.Concat(more),
        counterfactual = "historical",
        evidence = new[] { new { name = "Underlag", description = "Kostnader före och efter." } },
        supersedesMeasurementId = instead,
    };

    public Task<Reply> Measure(Guid contract, object report, Caller? by = null) =>
        As(by ?? Reporter).Create($"/follow-up/v1/contracts/{contract}/measurements", report);

    public async Task<Reply> Verified(Guid contract, string saved = "4000000", Guid? instead = null)
    {
        var reported = (await Measure(contract, Report(saved, instead))).Is(HttpStatusCode.Created);
        return (await As(Verifier).Act($"/follow-up/v1/measurements/{reported.Id}/verification", reported.Tag))
            .Is(HttpStatusCode.OK);
    }

    /// <summary>SQL as the application's login, acting for somebody. Gives back the database's refusal, or null.</summary>
    public async Task<string?> AsApplication(Caller caller, string sql, params object[] arguments)
    {
        await using var connection = new NpgsqlConnection(
            Database.ConnectionStringFor("follow_up_app", ServiceDatabase.Password));
        await connection.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using (var who = new NpgsqlCommand(
            "SELECT set_config('iop.org', $1, true), set_config('iop.person', $2, true), set_config('iop.unit', '', true), set_config('iop.today', '2026-03-02', true)", connection))
        {
            who.Parameters.Add(new() { Value = caller.Organisation.ToString() });
            who.Parameters.Add(new() { Value = caller.Person.ToString() });
            await who.ExecuteNonQueryAsync();
        }
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var argument in arguments) command.Parameters.Add(new() { Value = argument });
        try
        {
            var touched = await command.ExecuteNonQueryAsync();
            await transaction.CommitAsync();
            return touched == 0 ? "no rows" : null;
        }
        catch (PostgresException refused)
        {
            return refused.SqlState;
        }
    }
}

[CollectionDefinition("follow-up")]
public sealed class FollowUpWorldIsShared : ICollectionFixture<FollowUpWorld>;
