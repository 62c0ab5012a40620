namespace Iop.OutcomeFinance.Domain.Terms;

/// <summary>The two languages a text can be written in. One grammar, two sets of keywords.</summary>
public enum TermsLanguage
{
    Swedish,
    English,
}
