using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Iop.Contracts.FollowUp;
using Iop.Contracts.OutcomeFinance;
using Iop.Kernel;
using Iop.Platform.Identity;
using Iop.TestKit;

namespace Iop.FollowUp.Tests;

/// <summary>A contract that pays for each person who gets a job: people are keys, and keys are nobody's business.</summary>
[Collection("follow-up")]
public sealed class ParticipantTests(FollowUpWorld world)
{
    private const string Denied = "42501";

    [Fact]
    public async Task Figures_of_single_people_leave_as_keyed_hashes_and_are_shown_as_counts()
    {
        var contract = await People();
        var keys = await Mint(contract, 3);
        var secret = await world.Scalar<byte[]>("SELECT secret FROM participant_secret WHERE contract_id = $1", contract);
        var reported = (await Report(contract, Rows(keys))).Is(HttpStatusCode.Created);
        var counted = Assert.Single(reported.Body.GetProperty("participants").EnumerateArray());
        Assert.Equal(("deltagare", 3),
            (counted.GetProperty("collection").GetString(), counted.GetProperty("participants").GetInt32()));
        (await world.As(world.Verifier).Act(Measurement(reported.Id, "/verification"), reported.Tag)).Is(HttpStatusCode.OK);
        var told = Assert.Single(await world.Announced<MeasurementVerified>(), one => one.ContractId == contract);
        Assert.Equal(
            keys.SelectMany(key => new[] { $"deltagare/{Hash(secret, key)}/dagar", $"deltagare/{Hash(secret, key)}/i_arbete" })
                .Order(StringComparer.Ordinal),
            told.Figures.Where(figure => figure.OfParticipant).Select(figure => figure.Path));
        Assert.False(Assert.Single(told.Figures, figure => !figure.OfParticipant).Path.Contains('/', StringComparison.Ordinal));
    }

    [Fact]
    public async Task That_nobody_took_part_can_be_reported()
    {
        var contract = await People();
        var reported = (await Report(contract, Rows([]))).Is(HttpStatusCode.Created);
        Assert.Equal(0, Assert.Single(reported.Body.GetProperty("participants").EnumerateArray())
            .GetProperty("participants").GetInt32());
        (await world.As(world.Verifier).Act(Measurement(reported.Id, "/verification"), reported.Tag)).Is(HttpStatusCode.OK);
        var told = Assert.Single(await world.Announced<MeasurementVerified>(), one => one.ContractId == contract);
        Assert.Contains(told.Figures, figure => figure is { Path: "deltagare", Type: "members", Value: "0" });
    }

    [Fact]
    public async Task The_reporter_and_the_verifier_see_the_keys_and_nobody_else()
    {
        var contract = await People();
        var keys = await Mint(contract, 2);
        var reported = (await Report(contract, Rows(keys))).Is(HttpStatusCode.Created);
        foreach (var caller in new[] { world.Reporter, world.Verifier })
        {
            var seen = (await world.As(caller).Get(Measurement(reported.Id, "/participants"))).Is(HttpStatusCode.OK);
            Assert.Equal(keys.Order(StringComparer.Ordinal), seen.Body.GetProperty("items")[0].GetProperty("rows")
                .EnumerateArray().Select(row => row[0].GetString()!));
            Assert.Contains(keys[0], (await world.As(caller).Get(Measurement(reported.Id, "/participants/csv"))).Text,
                StringComparison.Ordinal);
        }
        foreach (var other in new[] { Callers.Of(world.Fund, [.. Roles.All]), Callers.Of(world.Provider, [.. Roles.All]) })
        {
            (await world.As(other).Get(Measurement(reported.Id, "/participants")))
                .Refuses(HttpStatusCode.Forbidden, "participant.not-for-you");
            foreach (var table in new[] { "participant", "participant_figure", "participant_secret" })
                Assert.Equal("no rows", await world.AsApplication(other,
                    $"WITH seen AS (SELECT * FROM {table} WHERE contract_id = $1) INSERT INTO timer (timer_id, kind, subject_id, due_at) SELECT gen_random_uuid(), 'x', contract_id, now() FROM seen", contract));
        }
        (await world.As(Callers.Of(world.Municipality, Roles.Officer)).Get(Measurement(reported.Id, "/participants")))
            .Refuses(HttpStatusCode.Forbidden, "request.role-missing");
        Assert.Equal("no rows", await world.AsApplication(world.Reporter,
            "WITH seen AS (SELECT * FROM participant_secret WHERE contract_id = $1) INSERT INTO timer (timer_id, kind, subject_id, due_at) SELECT gen_random_uuid(), 'x', contract_id, now() FROM seen", contract));
    }

    [Theory]
    [InlineData("=HYPERLINK(1)", "'=HYPERLINK(1)")]
    [InlineData("@SUM(1)", "'@SUM(1)")]
    [InlineData("\t=1", "'\t=1")]
    [InlineData("-a", "'-a")]
    [InlineData("arbete", "arbete")]
    public async Task A_code_that_a_spreadsheet_would_take_for_a_formula_is_text_in_the_file(string code, string cell)
    {
        var contract = await People();
        var key = Assert.Single(await Mint(contract, 1));
        string[] fields = ["dagar", "orsak"], row = [key, "12", code];
        var table = new { collection = "deltagare", fields, rows = new[] { row } };
        var reported = (await Report(contract, table)).Is(HttpStatusCode.Created);
        var file = (await world.As(world.Verifier).Get(Measurement(reported.Id, "/participants/csv"))).Is(HttpStatusCode.OK).Text;
        Assert.Contains($"{key};12;{cell}\r\n", file, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Anothers_keys_cannot_be_used()
    {
        var contract = await People();
        var theirs = await Mint(contract, 2, Callers.Of(world.Provider, Roles.Reporter));
        var reply = (await Report(contract, Rows(theirs))).Refuses(HttpStatusCode.BadRequest, "request.invalid");
        Assert.All(reply.Body.GetProperty("errors").EnumerateArray(),
            error => Assert.Equal("participant.unknown-key", error.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task Every_row_that_is_wrong_is_told_by_its_number_and_never_by_what_it_says()
    {
        var contract = await People();
        var keys = await Mint(contract, 6);
        string[][] rows =
        [
            [keys[0], "12", "true"], ["121212-1212", "3", "false"], ["Anna", "3", "false"], [keys[0], "1", "true"],
            [keys[1], "-3", "false"], [keys[2], "1.5", "false"], [keys[3], "tre", "ja"], [keys[4], "3"], [keys[5], "", ""],
        ];
        var reply = (await Report(contract, Table(rows))).Refuses(HttpStatusCode.BadRequest, "request.invalid");
        Assert.Equal(
            [
                ("participants[0].rows[1]", "participant.identity-number"),
                ("participants[0].rows[2]", "participant.unknown-key"),
                ("participants[0].rows[3]", "participant.same-key-twice"),
                ("participants[0].rows[4][1]", "participant.figure-negative"),
                ("participants[0].rows[5][1]", "participant.figure-not-whole"),
                ("participants[0].rows[6][1]", "participant.figure-malformed"),
                ("participants[0].rows[6][2]", "participant.figure-malformed"),
                ("participants[0].rows[7]", "participant.values-missing"),
                ("participants[0].rows[8]", "participant.values-missing"),
            ],
            reply.Body.GetProperty("errors").EnumerateArray()
                .Select(error => (error.GetProperty("field").GetString()!, error.GetProperty("code").GetString()!)));
        foreach (var typed in keys.Append("121212").Append("Anna"))
            Assert.DoesNotContain(typed, reply.Text, StringComparison.Ordinal);
        Assert.Equal(0, await world.Scalar<long>("SELECT count(*) FROM participant_figure WHERE contract_id = $1", contract));
    }

    [Theory]
    [InlineData("deltagare/Anna/dagar", "participant.wrong-place")]
    [InlineData("deltagare/121212-1212/dagar", "participant.identity-number")]
    [InlineData("kohorter/19121212-1212/deltagare", "participant.identity-number")]
    [InlineData("hittepå/Anna/dagar", "measurement.no-such-measure")]
    public async Task People_are_not_named_among_the_other_figures(string path, string code)
    {
        var contract = await People();
        var reply = (await world.Measure(contract, FollowUpWorld.Report(
            more: [new { path, type = "number", value = "1" }]))).Refuses(HttpStatusCode.BadRequest, code);
        Assert.DoesNotContain("Anna", reply.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("1212", reply.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tables_that_are_none_are_refused()
    {
        var contract = await People();
        var keys = await Mint(contract, 1);
        var rows = Rows(keys);
        (await Report(contract, rows, rows)).Refuses(HttpStatusCode.BadRequest, "participant.collection-twice");
        (await Report(contract,
            new { collection = "hittepå", fields = new[] { "dagar" }, rows = new[] { new[] { keys[0], "1" } } }))
            .Refuses(HttpStatusCode.BadRequest, "participant.unknown-collection");
        foreach (var (fields, code) in new[] { ((string[])["lön"], "participant.unknown-field"), ([], "field.required") })
            Assert.Contains(code, (await Report(contract,
                new { collection = "deltagare", fields, rows = new[] { new[] { keys[0], "1" } } }))
                .Refuses(HttpStatusCode.BadRequest, "request.invalid").Text, StringComparison.Ordinal);
        (await world.Measure(contract, new
        {
            periodKey = "2025", counterfactual = "simple-count",
            figures = new[] { new { path = "kohorter/a/deltagare", type = "number", value = "7" } },
            participants = new[] { new { collection = "kohorter", fields = new[] { "deltagare" },
                rows = new[] { new[] { keys[0], "1" } } } },
        })).Refuses(HttpStatusCode.BadRequest, "participant.wrong-place");
    }

    [Fact]
    public async Task A_contract_has_twenty_thousand_keys_at_most_and_only_those_who_report_get_them()
    {
        var contract = await People();
        var keys = await Mint(contract, 19_999);
        (await Report(contract, Rows(keys))).Is(HttpStatusCode.Created);
        (await world.As(Callers.Of(world.Provider, Roles.Reporter)).Create(Keys(contract), new { count = 2 }))
            .Refuses(HttpStatusCode.Conflict, "participant.too-many");
        await Mint(contract, 1, Callers.Of(world.Provider, Roles.Reporter));
        foreach (var (caller, code) in new[] { (world.Verifier, "request.role-missing"),
            (Callers.Of(world.Institute, Roles.Reporter), "measurement.not-a-reporter") })
            (await world.As(caller).Create(Keys(await world.SignedContract()), new { count = 2 }))
                .Refuses(HttpStatusCode.Forbidden, code);
        var whole = world.Contract() with { Measures = [.. world.Contract().Measures.Take(2)] };
        await world.Tell(whole);
        (await world.As(world.Reporter).Create(Keys(whole.ContractId), new { count = 2 }))
            .Refuses(HttpStatusCode.Conflict, "participant.nobody-counted");
    }

    [Fact]
    public async Task Nothing_says_a_key_but_to_those_it_is_for()
    {
        var contract = await People();
        var keys = await Mint(contract, 4);
        var said = new List<string>();
        var wrong = await Report(contract, Table([keys[0], "x", "true"], [keys[1][..^1], "1", "true"]));
        said.Add(wrong.Text);
        said.Add((await world.As(world.Reporter).Send(HttpMethod.Post, $"/follow-up/v1/contracts/{contract}/measurements",
            new { periodKey = "2025", participants = keys }, ("Idempotency-Key", "k1"))).Text);
        said.Add((await world.Measure(contract, FollowUpWorld.Report(
            more: [new { path = $"kohorter/{keys[2]}/deltagare", type = "number", value = "1" }]))).Text);
        var reported = (await Report(contract, Rows(keys))).Is(HttpStatusCode.Created);
        said.Add(reported.Text);
        said.Add((await world.As(world.Verifier).Act(Measurement(reported.Id, "/verification"), reported.Tag))
            .Is(HttpStatusCode.OK).Text);
        foreach (var path in new[] { $"/follow-up/v1/contracts/{contract}", Measurement(reported.Id), Keys(contract),
            "/follow-up/v1/measurements?limit=100", "/follow-up/v1/audit-trail?limit=100" })
            said.Add((await world.As(Callers.Of(world.Municipality, [.. Roles.All])).Get(path)).Text);
        said.AddRange((await world.Announced<MeasurementVerified>()).Select(one => JsonSerializer.Serialize(one)));
        said.AddRange((await world.Announced<MeasurementReported>()).Select(one => JsonSerializer.Serialize(one)));
        Assert.Contains(world.Heard.Lines, line => line.Contains("participant-keys", StringComparison.Ordinal));
        said.AddRange(world.Heard.Lines);
        Assert.All(keys.SelectMany(Spellings), key => Assert.DoesNotContain(said,
            line => line.Contains(key, StringComparison.OrdinalIgnoreCase)));
    }

    [Fact]
    public async Task After_the_end_nothing_can_be_linked_and_the_results_stay()
    {
        var contract = await People();
        var keys = await Mint(contract, 3);
        var secret = await world.Scalar<byte[]>("SELECT secret FROM participant_secret WHERE contract_id = $1", contract);
        var reported = (await Report(contract, Rows(keys))).Is(HttpStatusCode.Created);
        var verified = (await world.As(world.Verifier).Act(Measurement(reported.Id, "/verification"), reported.Tag))
            .Is(HttpStatusCode.OK);
        var before = await WholeDatabase.Read(world.Database.ConnectionString);
        string[] traces = [.. keys.SelectMany(Spellings), .. keys.Select(key => Hash(secret, key)),
            Convert.ToHexStringLower(secret)];
        Assert.All(traces.Where(trace => trace.Length != 12), trace =>
            Assert.Contains(trace, before, StringComparison.OrdinalIgnoreCase));

        await world.Tell(Ended(contract));
        await world.Tell(Ended(contract) with { Sequence = 9 });

        var after = await WholeDatabase.Read(world.Database.ConnectionString);
        Assert.All(traces, trace => Assert.DoesNotContain(trace, after, StringComparison.OrdinalIgnoreCase));
        var kept = (await world.As(world.Reporter).Get(Measurement(reported.Id))).Is(HttpStatusCode.OK).Body;
        Assert.Equal("verified", kept.GetProperty("state").GetString());
        Assert.Equal(3, kept.GetProperty("participants")[0].GetProperty("participants").GetInt32());
        (await world.As(world.Verifier).Get(Measurement(reported.Id, "/participants")))
            .Refuses(HttpStatusCode.Conflict, "participant.destroyed");
        (await world.As(world.Reporter).Create(Keys(contract), new { count = 1 }))
            .Refuses(HttpStatusCode.Conflict, "participant.destroyed");
        (await Report(contract, Rows(keys))).Refuses(HttpStatusCode.Conflict, "participant.destroyed");
        Assert.Equal(Denied, await world.AsApplication(world.Reporter,
            "INSERT INTO participant_secret (contract_id, secret) VALUES ($1, decode(repeat('00', 32), 'hex'))", contract));
        Assert.Equal(verified.Tag, (await world.As(world.Reporter).Get(Measurement(reported.Id))).Tag);
    }

    private async Task<Guid> People()
    {
        var contract = world.Contract();
        contract = contract with
        {
            Parties = [.. contract.Parties,
                new OutcomeContractSignedParty { OrganisationId = world.Provider, Name = "Utföraren", Role = "provider" }],
            Measures =
            [
                .. contract.Measures,
                new() { Path = "deltagare/dagar", Type = "count", Accumulation = "additive", Unit = "dag", MayBeNegative = false,
                    PerPerson = true },
                new() { Path = "deltagare/i_arbete", Type = "boolean", Accumulation = "latest", MayBeNegative = false,
                    PerPerson = true },
                new() { Path = "deltagare/orsak", Type = "code", Accumulation = "latest", MayBeNegative = false,
                    PerPerson = true },
            ],
        };
        await world.Tell(contract);
        return contract.ContractId;
    }

    private async Task<IReadOnlyList<string>> Mint(Guid contract, int count, Caller? by = null)
    {
        var minted = (await world.As(by ?? world.Reporter).Create(Keys(contract), new { count })).Is(HttpStatusCode.Created);
        Assert.Equal(count, minted.Body.GetProperty("count").GetInt32());
        var batch = $"{Keys(contract)}/{minted.Id}";
        var keys = (await world.As(by ?? world.Reporter).Get(batch)).Is(HttpStatusCode.OK).Body.GetProperty("items")
            .EnumerateArray().Select(key => key.GetString()!).ToList();
        Assert.Equal(count, keys.Distinct(StringComparer.Ordinal).Count());
        (await world.As(Callers.Of(world.Fund, [.. Roles.All])).Get(batch)).Is(HttpStatusCode.NotFound);
        return keys;
    }

    private Task<Reply> Report(Guid contract, params object[] tables) => world.Measure(contract, new
    {
        periodKey = "2025", counterfactual = "simple-count",
        figures = new[] { new { path = "investerat", type = "number", value = "7500000" } },
        participants = tables,
    });

    private static object Rows(IReadOnlyList<string> keys) => Table([.. keys.Select(key => new[] { key, "12", "true" })]);

    private static object Table(params string[][] rows) =>
        new { collection = "deltagare", fields = new[] { "dagar", "i_arbete" }, rows };

    private static OutcomeContractEnded Ended(Guid contract) =>
        new() { ContractId = contract, Sequence = 8, Title = "Team Nystart", EndedOn = new DateOnly(2026, 3, 2) };

    private static IEnumerable<string> Spellings(string key) => [key, key.Replace("-", "", StringComparison.Ordinal)];

    private static string Hash(byte[] secret, string key) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(secret, Encoding.ASCII.GetBytes(key)))[..32];

    private static string Keys(Guid contract) => $"/follow-up/v1/contracts/{contract}/participant-keys";

    private static string Measurement(Guid id, string rest = "") => $"/follow-up/v1/measurements/{id}{rest}";
}
