using System.Globalization;
using System.Text.Json.Nodes;
using Iop.OutcomeFinance.Contracting;
using Iop.OutcomeFinance.Domain.Contracting;
using Iop.Platform.Identity;
using Iop.Platform.Sealing;

namespace Iop.OutcomeFinance.Signing;

/// <summary>One signature under one version: what is sealed, and what is kept of it.</summary>
internal sealed record Signing(
    OutcomeContract Contract, string Hash, Caller Caller, MandateView Mandate, DateTimeOffset Now)
{
    private IReadOnlyList<ContractSignature> Earlier =>
        [.. Contract.Signatures.Where(one => one.VersionHash == Hash).OrderBy(one => one.Number)];

    /// <summary>What is sealed: who signed what on which decision when, and the seal before, so that the chain cannot lose a
    /// link.</summary>
    public JsonObject Statement => new()
    {
        ["versionHash"] = Hash,
        ["organisation"] = Caller.Organisation.ToString(),
        ["unit"] = Caller.Unit?.ToString(),
        ["person"] = Caller.Person.ToString(),
        ["mandate"] = new JsonObject
        {
            ["basis"] = Mandate.Basis,
            ["decidedOn"] = Mandate.DecidedOn.ToString("O", CultureInfo.InvariantCulture),
            ["paragraph"] = Mandate.Paragraph,
            ["caseNumber"] = Mandate.CaseNumber,
        },
        ["at"] = Now.ToString("O", CultureInfo.InvariantCulture),
        ["prev"] = Earlier.Count == 0 ? Hash
            : CanonicalJson.Hash(System.Text.Encoding.ASCII.GetBytes(Earlier[^1].Seal)),
    };

    public ContractSignature By(Party party, string seal) => new()
    {
        SignatureId = Guid.CreateVersion7(Now),
        ContractId = Contract.ContractId,
        VersionHash = Hash,
        Number = Earlier.Count + 1,
        OrganisationId = party.OrganisationId,
        UnitId = party.UnitId,
        PersonId = Caller.Person,
        MandateBasis = Mandate.Basis,
        MandateDecidedOn = Mandate.DecidedOn,
        MandateParagraph = Mandate.Paragraph,
        MandateCaseNumber = Mandate.CaseNumber,
        At = Now,
        Seal = seal,
    };
}
