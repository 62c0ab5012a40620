using System.Globalization;
using System.Text.Json.Nodes;
using Iop.OutcomeFinance.Domain.Amending;
using Iop.OutcomeFinance.Domain.Contracting;
using Iop.OutcomeFinance.Terms;
using Iop.Platform.Sealing;

namespace Iop.OutcomeFinance.Contracting;

/// <summary>The contract as one text: what lawyers approve, what is opened, what is signed. The same words have the same
/// hash.</summary>
/// <param name="Hash">SHA-256 of <paramref name="Canonical"/>.</param>
/// <param name="Canonical">RFC 8785 JSON in UTF-8.</param>
internal sealed record ContractDocument(string Hash, byte[] Canonical)
{
    public static ContractDocument Of(OutcomeContract contract, ReadTerms terms)
    {
        var document = new JsonObject
        {
            ["contract"] = contract.ContractId.Value.ToString(),
            ["title"] = contract.Title,
            ["partnership"] = contract.FinancesPartnership?.Value.ToString(),
            ["previous"] = null,
            ["parties"] = new JsonArray([.. contract.Parties.Select(Party)]),
            ["periods"] = new JsonArray([.. contract.Periods.Select(Period)]),
            ["terms"] = terms.Program?.Canonical ?? contract.Terms,
            ["termsHash"] = terms.Program?.Hash,
        };
        // Left out where there is none: contracts from before there were any keep their hashes.
        if (contract.Investments.Count > 0)
            document["investments"] = new JsonArray([.. contract.Investments.Select(one => Investment(one, contract, terms))]);
        if (contract.PublicCosts.Count > 0)
            document["publicCosts"] = new JsonArray([.. contract.PublicCosts.Select(cost => Cost(cost, terms))]);
        var canonical = CanonicalJson.Of(document);
        return new ContractDocument(CanonicalJson.Hash(canonical), canonical);
    }

    /// <summary>The amended contract, chained to what was signed before it.</summary>
    public static ContractDocument Of(OutcomeContract contract, Amendment amendment)
    {
        var terms = TermsReader.Read(amendment.Terms);
        var content = amendment.Content;
        var canonical = CanonicalJson.Of(new JsonObject
        {
            ["contract"] = contract.ContractId.Value.ToString(),
            ["title"] = contract.Title,
            ["partnership"] = contract.FinancesPartnership?.Value.ToString(),
            ["previous"] = contract.Editions[^1].VersionHash,
            ["number"] = amendment.Number,
            ["reason"] = amendment.Reason,
            ["holdsFrom"] = amendment.HoldsFrom.ToString("O", CultureInfo.InvariantCulture),
            ["parties"] = new JsonArray([.. content.Roster(contract).Parties.Select(Party)]),
            ["keptPeriods"] = new JsonArray(
                [.. contract.Periods.Where(period => period.From < amendment.HoldsFrom).Select(Period)]),
            ["periods"] = new JsonArray([.. content.Periods.Select((period, at) =>
                Period(ContractPeriod.Of(period, contract.ContractId, at)))]),
            ["terms"] = terms.Program?.Canonical ?? amendment.Terms,
            ["termsHash"] = terms.Program?.Hash,
        });
        return new ContractDocument(CanonicalJson.Hash(canonical), canonical);
    }

    /// <summary>Of what is drafted, as it stands; of what is open or signed, as it was fixed.</summary>
    public static string HashOf(OutcomeContract contract) => contract switch
    {
        { UnderWay: { VersionHash: { } open } } => open,
        { UnderWay: { } amendment } => Of(contract, amendment).Hash,
        { State: not ContractState.Draft } => contract.Editions[^1].VersionHash!,
        _ => Of(contract, TermsReader.Read(contract.Terms)).Hash,
    };

    private static JsonObject Party(Party party) => new()
    {
        ["organisation"] = party.OrganisationId.ToString(),
        ["unit"] = party.UnitId?.ToString(),
        ["name"] = party.Name,
        ["role"] = Words.Of(party.Role),
        ["alias"] = party.Alias,
    };

    private static JsonObject Investment(PlannedInvestment one, OutcomeContract contract, ReadTerms terms) => new()
    {
        ["funder"] = contract.Parties.Single(party => party.Id == one.PartyId).Name,
        ["party"] = one.PartyId.Value.ToString(),
        ["on"] = one.On.ToString("O", CultureInfo.InvariantCulture),
        ["amount"] = ContractViews.Amount(one.AmountMinor, terms).ToDecimalString(),
        ["currency"] = ContractViews.Amount(one.AmountMinor, terms).Currency.Code,
    };

    private static JsonObject Cost(PublicCost cost, ReadTerms terms) => new()
    {
        ["body"] = cost.Body,
        ["year"] = cost.Year,
        ["amount"] = ContractViews.Amount(cost.AmountMinor, terms).ToDecimalString(),
        ["currency"] = ContractViews.Amount(cost.AmountMinor, terms).Currency.Code,
        ["description"] = cost.Description,
    };

    private static JsonObject Period(ContractPeriod period) => new()
    {
        ["key"] = period.Key,
        ["from"] = period.From.ToString("O", CultureInfo.InvariantCulture),
        ["to"] = period.To.ToString("O", CultureInfo.InvariantCulture),
        ["final"] = period.Final,
    };
}

/// <summary>Enumerations as they stand on the wire: kebab case.</summary>
internal static class Words
{
    public static string Of<TEnum>(TEnum value) where TEnum : struct, Enum =>
        System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    public static TEnum? Read<TEnum>(string? word) where TEnum : struct, Enum
    {
        foreach (var value in Enum.GetValues<TEnum>())
        {
            if (Of(value) == word) return value;
        }
        return null;
    }

    public static IEnumerable<string> All<TEnum>() where TEnum : struct, Enum => Enum.GetValues<TEnum>().Select(Of);
}
