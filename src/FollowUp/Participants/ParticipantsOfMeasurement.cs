using System.Security.Cryptography;
using System.Text;
using Iop.Contracts.FollowUp;
using Iop.FollowUp.Domain;
using Iop.FollowUp.Domain.Measuring;
using Iop.FollowUp.Domain.Participants;
using Iop.FollowUp.Measuring;
using Iop.FollowUp.Storage;
using Iop.Kernel;
using Iop.Platform.Api;
using Iop.Platform.Identity;
using Microsoft.EntityFrameworkCore;

namespace Iop.FollowUp.Participants;

/// <summary>Single persons on their way in with a measurement, and out of FollowUp with its verification.</summary>
internal static class ParticipantsOfMeasurement
{
    private const int TablesMax = 50;
    private const int FieldsMax = 100;
    private const int CellLettersMax = 4_000;
    private const int HashBytes = 16;

    /// <summary>The contract's keys, held so that nothing destroys them meanwhile; or that they are destroyed.</summary>
    public static async Task<Refusal?> Hold(FollowUpDb db, ContractRef contract, CancellationToken cancel)
    {
        var series = await db.ParticipantSeries
            .FromSql($"SELECT * FROM participant_series WHERE contract_id = {contract.Value} FOR SHARE").AsNoTracking()
            .SingleOrDefaultAsync(cancel);
        return series?.DestroyedAt is { } at ? ParticipantRefusals.Destroyed(at) : null;
    }

    /// <summary>Is it a table at all? What stands in it is read by <see cref="ParticipantReader"/>.</summary>
    public static Fields Tables(this Fields fields, IReadOnlyList<ParticipantTableView>? tables)
    {
        fields.Count("participants", tables?.Count, 0, TablesMax);
        for (var at = 0; at < Math.Min(tables?.Count ?? 0, TablesMax); at++)
        {
            var (table, place) = (tables![at], $"participants[{at}]");
            fields.Must(place, table is { Collection: not null, Fields: not null, Rows: not null }, "field.required");
            if (table?.Rows is null || table.Fields is null) continue;
            fields.Count($"{place}.fields", table.Fields.Count, 1, FieldsMax)
                .Count($"{place}.rows", table.Rows.Count, 0, ParticipantSeries.Max) // nobody took part: that is a figure too
                .Must($"{place}.fields", table.Fields.All(field => field is not null), "field.required")
                .Must($"{place}.rows", table.Rows.All(row => row is not null
                    && row.All(cell => cell is { Length: <= CellLettersMax })), "field.malformed");
        }
        return fields;
    }

    public static async Task<(ParticipantReader? Read, Refusal? Refusal)> Read(
        FollowUpDb db, MeasuredContract contract, MeasurementId measurement, Caller caller,
        IReadOnlyList<ParticipantTableView> tables, CancellationToken cancel)
    {
        var known = tables.Count == 0 ? [] : await db.Participants.AsNoTracking()
            .Where(one => one.ContractId == contract.Id && one.OrganisationId == caller.Organisation)
            .ToDictionaryAsync(one => one.Key, one => one.Id, StringComparer.Ordinal, cancel);
        var reader = new ParticipantReader(contract, known, measurement, caller.Organisation);
        var refusal = reader.Read([.. tables.Select(one => new ParticipantTable(one.Collection, one.Fields, one.Rows))]);
        return refusal is null ? (reader, null) : (null, refusal);
    }

    /// <summary>In one statement, however many they are.</summary>
    public static async Task Keep(
        FollowUpDb db, Measurement measurement, Caller caller, IReadOnlyList<ParticipantFigure> figures, CancellationToken cancel)
    {
        if (figures.Count == 0) return;
        var people = figures.Select(figure => figure.ParticipantId.Value).ToArray();
        var (paths, types, values) = (figures.Select(figure => figure.Path).ToArray(),
            figures.Select(figure => figure.Type.ToString()).ToArray(), figures.Select(figure => figure.Value).ToArray());
        await db.Database.ExecuteSqlAsync($"""
            INSERT INTO participant_figure (measurement_id, contract_id, participant_id, organisation_id, path, type, value)
            SELECT {measurement.Id.Value}, {measurement.ContractId.Value}, one.person, {caller.Organisation}, one.path, one.type, one.value
            FROM unnest({people}, {paths}, {types}, {values}) AS one (person, path, type, value)
            """, cancel);
    }

    /// <summary>As they leave FollowUp: hmac(the contract's secret, key) instead of the key.</summary>
    public static async Task<IReadOnlyList<MeasurementVerifiedFigure>> ForTheCalculation(
        FollowUpDb db, Measurement measurement, CancellationToken cancel)
    {
        var none = measurement.ParticipantCounts.Where(one => one.Participants == 0).Select(one =>
            new MeasurementVerifiedFigure { Path = one.Collection, Type = "members", Value = "0" }).ToList();
        if (none.Count == measurement.ParticipantCounts.Count) return none;
        var contract = measurement.ContractId.Value;
        var secret = await db.Database.SqlQuery<byte[]>(
            $"SELECT secret AS \"Value\" FROM participant_secret WHERE contract_id = {contract}").SingleAsync(cancel);
        var figures = await db.ParticipantFigures.AsNoTracking().Where(one => one.Measurement == measurement.Id)
            .Join(db.Participants, figure => figure.ParticipantId, person => person.Id,
                (figure, person) => new { person.Key, figure.Path, figure.Type, figure.Value }).ToListAsync(cancel);
        var hashes = figures.Select(figure => figure.Key).Distinct(StringComparer.Ordinal)
            .ToDictionary(key => key, key => HashOf(secret, key), StringComparer.Ordinal);
        return
        [
            .. figures.Select(figure => new MeasurementVerifiedFigure
            {
                Path = figure.Path.Replace("/", $"/{hashes[figure.Key]}/", StringComparison.Ordinal),
                Type = Words.Of(figure.Type), Value = figure.Value, OfParticipant = true,
            }).Concat(none).OrderBy(figure => figure.Path, StringComparer.Ordinal),
        ];
    }

    private static string HashOf(byte[] secret, string key) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(secret, Encoding.ASCII.GetBytes(key)).AsSpan(0, HashBytes));
}
