using Iop.Kernel;
using Iop.OutcomeFinance.Domain;
using Iop.OutcomeFinance.Domain.Calculating;
using Iop.OutcomeFinance.Domain.Contracting;
using Iop.OutcomeFinance.Domain.Paying;
using Iop.OutcomeFinance.Publishing;
using Iop.OutcomeFinance.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace Iop.OutcomeFinance.Calculating;

/// <summary>What a calculation starts from. The contract is locked and all of it read in one way to the database and back:
/// somebody waits for what it comes to.</summary>
internal sealed class WhatIsKnown
{
    // In a statement of its own: the others must be read by a snapshot taken while it is held.
    private const string Lock = "SELECT version FROM outcome_contract WHERE contract_id = $1 FOR UPDATE";

    private const string OfTheMessage = """
        SELECT EXISTS (SELECT FROM verified_measurement WHERE measurement_id = $2)
            OR EXISTS (SELECT FROM refused_measurement WHERE measurement_id = $2),
          EXISTS (SELECT FROM destroyed_participants WHERE contract_id = $1),
          (SELECT coalesce(max(number), 0) FROM calculation WHERE contract_id = $1),
          (SELECT coalesce(sum(CASE $3 WHEN debit THEN amount_minor WHEN credit THEN -amount_minor ELSE 0 END), 0)::bigint
           FROM transfer WHERE contract_id = $1 AND kind = 'Investment')
        """;

    private const string OfThePeriods = """
        SELECT measurement_id, period_key, revision, reporter_person_id, verifier_organisation_id, verifier_person_id, verified_at,
          evidence_hash, path, type, value, of_participant
        FROM (SELECT DISTINCT ON (period_key) * FROM verified_measurement WHERE contract_id = $1
              ORDER BY period_key, revision DESC) newest
        LEFT JOIN verified_figure USING (measurement_id)
        ORDER BY measurement_id, path
        """;

    private const string OfTheMoney = """
        SELECT period_key, payer_party_id, payee_party_id, currency, sum(amount_minor)::bigint
        FROM obligation WHERE contract_id = $1 GROUP BY 1, 2, 3, 4
        """;

    private const string OfThePublic = """
        SELECT title, state, currency, partnership_id, signed_on, ended_on, facts, results, said, release, released_at
        FROM published_contract WHERE contract_id = $1
        """;

    private WhatIsKnown()
    {
    }

    /// <summary>Of the contract's row.</summary>
    public required long ContractVersion { get; init; }

    /// <summary>The measurement has been told before, and believed or refused.</summary>
    public required bool IsOld { get; init; }

    public required bool ParticipantsDestroyed { get; init; }

    public required int Calculations { get; init; }

    /// <summary>What the funder has put in by the ledger, in hundredths.</summary>
    public required long PutIn { get; init; }

    /// <summary>The newest measurement of each period.</summary>
    public IReadOnlyList<VerifiedMeasurement> Counting { get; private set; } = [];

    /// <summary>By period, payer and payee.</summary>
    public IReadOnlyList<Due> Booked { get; private set; } = [];

    /// <summary>Null while nobody has heard of its signing.</summary>
    public PublishedContract? Published { get; private set; }

    /// <summary>Null when there is no such contract.</summary>
    public static async Task<WhatIsKnown?> Of(
        ContractId contract, MeasurementRef measurement, OutcomeFinanceDb db, CancellationToken cancel)
    {
        await using var batch = new NpgsqlBatch(
            (NpgsqlConnection)db.Database.GetDbConnection(),
            (NpgsqlTransaction)db.Database.CurrentTransaction!.GetDbTransaction())
        {
            BatchCommands =
            {
                Command(Lock, contract.Value),
                Command(OfTheMessage, contract.Value, measurement.Value, Ledger.Cost),
                Command(OfThePeriods, contract.Value), Command(OfTheMoney, contract.Value),
                Command(OfThePublic, contract.Value),
            },
        };
        await using var reader = await batch.ExecuteReaderAsync(cancel);
        if (!await reader.ReadAsync(cancel)) return null;
        var version = reader.GetInt64(0);
        await Next(reader, cancel);
        await reader.ReadAsync(cancel);
        var known = new WhatIsKnown
        {
            ContractVersion = version, IsOld = reader.GetBoolean(0), ParticipantsDestroyed = reader.GetBoolean(1),
            Calculations = reader.GetInt32(2), PutIn = reader.GetInt64(3),
        };
        await Next(reader, cancel);
        known.Counting = await Measurements(reader, contract, cancel);
        await Next(reader, cancel);
        known.Booked = await Dues(reader, cancel);
        await Next(reader, cancel);
        known.Published = await PublishedOf(reader, contract, cancel);
        return known;
    }

    private static async Task<List<VerifiedMeasurement>> Measurements(
        NpgsqlDataReader reader, ContractId contract, CancellationToken cancel)
    {
        var all = new List<VerifiedMeasurement>();
        while (await reader.ReadAsync(cancel))
        {
            var id = new MeasurementRef(reader.GetGuid(0));
            if (all.Count == 0 || all[^1].MeasurementId != id) all.Add(new VerifiedMeasurement
            {
                MeasurementId = id,
                ContractId = contract,
                PeriodKey = reader.GetString(1),
                Revision = reader.GetInt32(2),
                ReporterPersonId = reader.GetGuid(3),
                VerifierOrganisationId = reader.GetGuid(4),
                VerifierPersonId = reader.GetGuid(5),
                VerifiedAt = reader.GetFieldValue<DateTimeOffset>(6),
                EvidenceHash = reader[7] as string,
            });
            if (reader.IsDBNull(8)) continue; // one without figures
            all[^1].Take([new VerifiedFigure
            {
                MeasurementId = id,
                ContractId = contract,
                Path = reader.GetString(8),
                Type = Enum.Parse<FigureType>(reader.GetString(9)),
                Value = reader.GetString(10),
                OfParticipant = reader.GetBoolean(11),
            }]);
        }
        return all;
    }

    private static async Task<List<Due>> Dues(NpgsqlDataReader reader, CancellationToken cancel)
    {
        var all = new List<Due>();
        while (await reader.ReadAsync(cancel))
        {
            var currency = Currency.TryParse(reader.GetString(3), out var known) ? known : Currency.Sek;
            all.Add(new Due(
                new DueKey(reader.GetString(0), new PartyId(reader.GetGuid(1)), new PartyId(reader.GetGuid(2))),
                new Money(reader.GetInt64(4), currency)));
        }
        return all;
    }

    private static async Task<PublishedContract?> PublishedOf(
        NpgsqlDataReader reader, ContractId contract, CancellationToken cancel) => await reader.ReadAsync(cancel)
        ? new PublishedContract
        {
            ContractId = contract,
            Title = reader.GetString(0),
            State = Enum.Parse<ContractState>(reader.GetString(1)),
            Currency = reader.GetString(2),
            PartnershipId = reader.IsDBNull(3) ? null : reader.GetGuid(3),
            SignedOn = reader.GetFieldValue<DateOnly>(4),
            EndedOn = reader.IsDBNull(5) ? null : reader.GetFieldValue<DateOnly>(5),
            Facts = reader.GetString(6),
            Results = reader.GetString(7),
            Said = reader.GetString(8),
            Release = reader.GetInt32(9),
            ReleasedAt = reader.GetFieldValue<DateTimeOffset>(10),
        }
        : null;

    private static NpgsqlBatchCommand Command(string sql, params ReadOnlySpan<object> values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
        return command;
    }

    private static Task Next(NpgsqlDataReader reader, CancellationToken cancel) => reader.NextResultAsync(cancel);
}
