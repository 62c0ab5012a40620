namespace Iop.OutcomeFinance.Domain.Terms.Syntax;

/// <summary>Every reserved word and phrase. How each is written in the two languages stands in <see cref="Keywords"/>.</summary>
internal enum Keyword
{
    None,

    // Beginnings of statements
    Terms, Unit, Measure, Collection, Field, EachKeyHas, Let, Table, When, Part, Card, Entry, Row, Payout, Payer, Payee,
    Funder, AfterRow, Amendment,

    // Types
    Number, CountOf, QuantityOf, Percent, PercentagePoints, PercentagePoint, Date, Code, Codes,

    // Properties of measures and rows
    Latest, AddsUp, MayBeNegative, LowerIsBetter, CountsPersons, CountsNoPersons, Activity, Societal, Human, Economic,
    PerPeriod, PaidBy, To, From, WithoutCap, CutEqually, ClawbackAllowed, CapCountsTheseTermsOnly, AtEveryPeriod,
    Times, Time, Requires, OnlyHighest, HasInvested, EarlierPaid,

    // Expressions
    If, Otherwise, And, Or, Not, Yes, No, AtLeast, AtMost, Above, Below, RoundedTo, RoundedUpTo, RoundedDownTo,
    Of, Per, In, Where, AccordingTo, For, Contains, SoFar, ToThePowerOf,
    SumOf, SumOfRows, NumberOf, ShareOf, AverageOf, LargestOf, SmallestOf, AllIn, AnyIn, Satisfy,
    PreviouslyPaid, PeriodNumber, PeriodYear, TotalPaid, PaidUnderEarlierTerms,
}
