using System.Net;
using System.Text.Json;
using Iop.Contracts.FollowUp;
using Iop.Contracts.Registry;
using Iop.Kernel;
using Iop.OutcomeFinance.Contracting;
using Iop.Platform.Identity;
using Iop.TestKit;
using Npgsql;

namespace Iop.OutcomeFinance.Tests;

/// <summary>A municipality that pays, a fund that bears the risk and is paid, an institute that verifies; and Norrköping's
/// terms.</summary>
public class OutcomeFinanceWorld(Servers servers) : ServiceHost<ContractView>(servers, "outcome_finance")
{
    public const string NorrkopingTerms = """
        villkor 1, SEK
        mått investerat: SEK, senaste värdet gäller
        mått besparing: SEK, senaste värdet gäller, kan vara negativt
        mått skolresultat_förbättrade: ja/nej, senaste värdet gäller
        rad garanti = 40 % av investerat
        rad andel = 60 % av (besparing, minst 0 SEK, högst investerat)
        rad premie = (besparing − investerat, minst 0 SEK, högst 20 % av investerat) om skolresultat_förbättrade, annars 0 SEK
        utbetalning = summan av raderna, utan tak
        betalare Norrköpings_kommun 100 %
        finansiär har satsat investerat
        """;

    public Guid Municipality { get; } = Guid.NewGuid();

    public Guid Fund { get; private set; } = Guid.NewGuid();

    public Guid Institute { get; } = Guid.NewGuid();

    public Guid SecondInstitute { get; } = Guid.NewGuid();

    public Caller Officer { get; private set; } = null!;

    public Caller Lawyer { get; private set; } = null!;

    public Caller Controller { get; private set; } = null!;

    public Caller SecondController { get; private set; } = null!;

    public Caller FundController { get; private set; } = null!;

    public Caller Verifier { get; private set; } = null!;

    public Caller Stranger { get; } = Callers.Of(Guid.NewGuid(), [.. Roles.All]);

    protected override async Task BeforeTests()
    {
        Officer = Callers.Of(Municipality, Roles.Officer);
        Lawyer = Callers.Of(Municipality, Roles.Legal);
        Controller = Callers.Of(Municipality, Roles.Controller);
        SecondController = Callers.Of(Municipality, Roles.Controller);
        FundController = Callers.Of(Fund, Roles.Controller);
        Verifier = Callers.Of(Institute, Roles.Verifier);
        await Tell(Organisation(Municipality, "Norrköpings kommun", "public"));
        await Tell(Organisation(Fund, "Leksell Social Ventures", "private"));
        await Tell(Organisation(Institute, "RISE", "public"));
        await Tell(Organisation(SecondInstitute, "Ett annat institut", "private"));
        (await As(FundController).Put("/outcome-finance/v1/invoicing-details", "\"0\"", InvoicingDetails()))
            .Is(HttpStatusCode.OK);
        (await As(Controller).Put("/outcome-finance/v1/invoicing-details", "\"0\"", InvoicingDetails()))
            .Is(HttpStatusCode.OK);
    }

    public static object InvoicingDetails(string bankgiro = "9999-0004", string reason = "Ersättning för utfall") => new
    {
        vatCategory = "outside-scope", vatReason = reason, bankgiro, paysFromIban = "SE04 5000 0000 0000 0000 0001",
        street = "Strandvägen 1", postCode = "114 51", city = "Stockholm", contactName = "Ekonomi",
        contactMail = "ekonomi@fond.example",
    };

    public object DraftRequest(string? terms = null, Guid? verifier = null, params string[] periods) => new
    {
        title = "Team Nystart",
        parties = new[]
        {
            new { organisationId = Municipality, role = "payer", alias = "Norrköpings_kommun" },
            new { organisationId = Fund, role = "funder", alias = "Leksell" },
            new { organisationId = Fund, role = "payee", alias = "Leksell" },
            new { organisationId = verifier ?? Institute, role = "verifier", alias = "RISE" },
        },
        periods = (periods.Length == 0 ? ["2016-2018"] : periods).Select((key, at) => new
        {
            key, from = new DateOnly(2016 + at, 1, 1), to = new DateOnly(2016 + at, 12, 31), final = false,
        }),
        terms = terms ?? NorrkopingTerms,
    };

    public async Task<Reply> Drafted(params string[] periods) =>
        (await As(Officer).Create("/outcome-finance/v1/contracts", DraftRequest(periods: periods))).Is(HttpStatusCode.Created);

    /// <summary>A contract that finances a partnership.</summary>
    public async Task<Reply> DraftedFor(Guid partnership, params string[] periods)
    {
        var request = JsonSerializer.SerializeToNode(DraftRequest(periods: periods), JsonSerializerOptions.Web)!.AsObject();
        request["partnershipId"] = partnership;
        return (await As(Officer).Create("/outcome-finance/v1/contracts", JsonSerializer.Deserialize<JsonElement>(request)))
            .Is(HttpStatusCode.Created);
    }

    public async Task<Guid> SignedFor(Guid partnership, params string[] periods)
    {
        var draft = await DraftedFor(partnership, periods);
        return await Signed(await Opened(draft.Id, draft.Tag));
    }

    public static string Path(Guid contract, string rest = "") => $"/outcome-finance/v1/contracts/{contract}{rest}";

    public async Task<Reply> Opened(params string[] periods)
    {
        var draft = await Drafted(periods);
        return await Opened(draft.Id, draft.Tag);
    }

    public async Task<Reply> Opened(Guid draft, string? tag)
    {
        var approved = await Approved(draft, tag, Lawyer);
        return (await As(Officer).Act(Path(draft, "/opening"), approved.Tag)).Is(HttpStatusCode.OK);
    }

    /// <summary>A public party's lawyer answers every question so that nothing blocks, and approves.</summary>
    public async Task<Reply> Approved(Guid draft, string? tag, Caller lawyer)
    {
        await As(lawyer).Assess(draft);
        return (await As(lawyer).Act(Path(draft, "/legal-approvals"), tag, new { reason = "Resultat, inte tjänster." }))
            .Is(HttpStatusCode.OK);
    }

    public Task<Reply> Sign(Guid contract, Guid organisation, string? hash) => As(Callers.Of(organisation, Roles.Signatory))
        .Act(Path(contract, "/signatures"), $"\"{hash}\"",
            new { mandate = new { basis = "board", decidedOn = "2026-02-20", paragraph = "7" } });

    public async Task<Guid> Signed(params string[] periods) => await Signed(await Opened(periods));

    public async Task<Guid> Signed(Reply open)
    {
        var hash = open.Body.GetProperty("versionHash").GetString();
        foreach (var organisation in new[] { Municipality, Fund, Institute }) (await Sign(open.Id, organisation, hash))
            .Is(HttpStatusCode.OK);
        return open.Id;
    }

    public MeasurementVerified Measured(
        Guid contract, string saved, int revision = 1, string period = "2016-2018", string invested = "7500000",
        string improved = "false") => new()
    {
        MeasurementId = Guid.NewGuid(),
        Sequence = 2,
        ContractId = contract,
        ContractTitle = "Team Nystart",
        PeriodKey = period,
        Revision = revision,
        ReporterPersonId = Guid.NewGuid(),
        VerifierOrganisationId = Institute,
        VerifierPersonId = Verifier.Person,
        VerifiedAt = Clock.GetUtcNow(),
        Figures =
        [
            new() { Path = "investerat", Type = "number", Value = invested },
            new() { Path = "besparing", Type = "number", Value = saved },
            new() { Path = "skolresultat_förbättrade", Type = "boolean", Value = improved },
        ],
    };

    /// <summary>An obligation whose payee has never said how it invoices.</summary>
    public async Task<(Caller Payee, Guid Obligation)> PaidToTheMunicipalitysFriend()
    {
        var payee = Callers.Of(Guid.NewGuid(), Roles.Controller);
        await Tell(Organisation(payee.Organisation, "En ny fond", "private"));
        var fund = Fund;
        Fund = payee.Organisation;
        try
        {
            var contract = await Signed();
            await Tell(Measured(contract, "4000000"));
            return (payee, (await Obligations(contract))[0].GetProperty("id").GetGuid());
        }
        finally
        {
            Fund = fund;
        }
    }

    /// <summary>Amounts of the contract's obligations, oldest first.</summary>
    public async Task<IReadOnlyList<string>> Amounts(Guid contract) =>
        [.. (await Obligations(contract)).Select(one => one.GetProperty("amount").GetString()!)];

    public async Task<IReadOnlyList<JsonElement>> Obligations(Guid contract) =>
    [
        .. (await As(Officer).Get($"/outcome-finance/v1/obligations?contractId={contract}&limit=100")).Is(HttpStatusCode.OK)
            .Body.GetProperty("items").EnumerateArray().OrderBy(one => one.GetProperty("calculationNumber").GetInt32()),
    ];

    /// <summary>What a single evaluation in order makes due, by period.</summary>
    public async Task<Dictionary<string, decimal>> Evaluated(IEnumerable<MeasurementVerified> measurements, string[] periods)
    {
        var evaluation = await As(Officer).Send(HttpMethod.Post, "/outcome-finance/v1/terms/evaluations", new
        {
            text = NorrkopingTerms,
            periods,
            measurements = measurements.Select(one => new
            {
                period = one.PeriodKey,
                final = false,
                values = one.Figures.ToDictionary(
                    figure => figure.Path, figure => figure.Type == "boolean" ? (object)(figure.Value == "true") : figure.Value),
            }),
        });
        return evaluation.Is(HttpStatusCode.OK).Body.GetProperty("periods").EnumerateArray().ToDictionary(
            period => period.GetProperty("period").GetString()!,
            period => decimal.Parse(period.GetProperty("due").GetString()!, System.Globalization.CultureInfo.InvariantCulture));
    }

    /// <summary>A signed contract with its first 5.4 million triggered.</summary>
    public async Task<(Guid Contract, Guid Obligation, MeasurementVerified Measurement)> Triggered()
    {
        var contract = await Signed();
        var measurement = Measured(contract, "4000000");
        await Tell(measurement);
        return (contract, (await Obligations(contract))[0].GetProperty("id").GetGuid(), measurement);
    }

    public async Task<Reply> Act(Caller caller, Guid obligation, string act, object? body = null)
    {
        var seen = (await As(caller).Get($"/outcome-finance/v1/obligations/{obligation}")).Is(HttpStatusCode.OK);
        return await As(caller).Act($"/outcome-finance/v1/obligations/{obligation}/{act}", seen.Tag,
            body ?? (act == "claim" ? new { reference = "Ref 4711" } : new { }));
    }

    /// <summary>SQL as the application's login, acting for an organisation. Gives back the database's refusal, or null.</summary>
    public async Task<string?> AsApplication(Caller caller, string sql, params object[] arguments)
    {
        await using var connection = new NpgsqlConnection(
            Database.ConnectionStringFor("outcome_finance_app", ServiceDatabase.Password));
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

    private static OrganisationChanged Organisation(Guid id, string name, string kind) => new()
    {
        OrganisationId = id, Sequence = 1, Number = kind == "private" ? "5099990011" : "2120000456", Name = name,
        Kind = kind, Units = [],
    };
}

/// <summary>One that is overheard: whatever it logs and traces is kept, and that makes it slow.</summary>
public sealed class OverheardWorld(Servers servers) : OutcomeFinanceWorld(servers)
{
    public Overhearing Heard { get; } = new();

    protected override void Configure(Microsoft.Extensions.DependencyInjection.IServiceCollection services) =>
        Heard.Listen(services);
}
