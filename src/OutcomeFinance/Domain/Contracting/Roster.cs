using Iop.Kernel;

namespace Iop.OutcomeFinance.Domain.Contracting;

/// <summary>The parties as the terms name them: who pays, who is paid.</summary>
internal sealed record Roster(IReadOnlyList<Party> Parties)
{
    /// <summary>Null when every name that the terms pay by or to is a party's.</summary>
    public Refusal? RefusesNames(TermsInForce terms)
    {
        foreach (var name in terms.Payers)
        {
            if (PayerCalled(terms, name) is null) return ContractRefusals.PayerUnknown(name);
        }
        foreach (var name in terms.Payees)
        {
            if (PayeeCalled(terms, name) is null) return ContractRefusals.PayeeUnknown(name);
        }
        foreach (var name in terms.Others)
        {
            if (PartyCalled(terms, name) is null) return ContractRefusals.PayeeUnknown(name);
        }
        return terms.CountsInvestment && Parties.All(party => party.Role is not PartyRole.Funder)
            ? ContractRefusals.FunderMissing : null;
    }

    /// <summary>Who pays, by the name in the terms; where they declare no payer, the only one there is.</summary>
    public Party? PayerCalled(TermsInForce terms, string name) =>
        Called(name, PartyRole.Payer) ?? (terms.DeclaresPayers ? null : Only(PartyRole.Payer));

    /// <summary>Who is paid, by the name in the terms. What is paid to no name goes to the contract's only payee.</summary>
    public Party? PayeeCalled(TermsInForce terms, string name) => Called(name, PartyRole.Payee)
        ?? (name == terms.FunderName ? Only(PartyRole.Payee) ?? Only(PartyRole.Funder) : Called(name, PartyRole.Provider)
            ?? Called(name, PartyRole.Funder));

    /// <summary>Who stands for a guarantee or a tranche beside the payout.</summary>
    public Party? PartyCalled(TermsInForce terms, string name) =>
        Parties.FirstOrDefault(party => !party.Verifies && party.IsCalled(name))
            ?? (name == terms.FunderName ? Only(PartyRole.Funder) : null);

    private Party? Called(string name, PartyRole role) =>
        Parties.FirstOrDefault(party => party.Role == role && party.IsCalled(name));

    private Party? Only(PartyRole role) => Parties.Where(party => party.Role == role).ToList() is [var only] ? only : null;
}

/// <summary>What a faultless text of terms says of parties.</summary>
/// <param name="Payers">Names of payers.</param>
/// <param name="Payees">Names of payees.</param>
/// <param name="Others">Names of those who give or take guarantees and tranches beside the payout.</param>
/// <param name="FunderName">What it calls the funder; also who is paid where it does not say.</param>
/// <param name="DeclaresPayers">Else the contract's only payer pays.</param>
/// <param name="CountsInvestment">It counts what the funder has put in.</param>
internal sealed record TermsInForce(
    IReadOnlyList<string> Payers, IReadOnlyList<string> Payees, IReadOnlyList<string> Others, string FunderName,
    bool DeclaresPayers, bool CountsInvestment);
