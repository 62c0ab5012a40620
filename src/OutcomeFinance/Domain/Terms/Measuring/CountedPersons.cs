using Iop.OutcomeFinance.Domain.Terms.Evaluation;
using Iop.OutcomeFinance.Domain.Terms.Syntax;

namespace Iop.OutcomeFinance.Domain.Terms.Measuring;

/// <summary>Whether persons are counted: by what the text says, and where it does not say, by its words. In doubt they are, so
/// that texts that were signed before there was a word for it stay protected.</summary>
internal static class CountedPersons
{
    /// <summary>The collection's members are persons: each is reported by an opaque key.</summary>
    public static bool Are(CollectionPlan collection, TermsTree tree) => collection.Persons switch
    {
        Persons.Unstated => WordsForPeople.Counts(tree, collection.Name),
        var said => said == Persons.Counted,
    };

    /// <summary>The figure is a number of persons, or may be one: small ones are withheld from everybody outside.</summary>
    public static bool Are(FigurePlan figure) => figure.Properties.Persons switch
    {
        Persons.Unstated => figure.Written.Basic == BasicType.Count || ReadsAsPeople(figure),
        var said => said == Persons.Counted,
    };

    /// <summary>Its unit is a word for people.</summary>
    public static bool ReadsAsPeople(FigurePlan figure) => figure.Written.Unit is { } unit && WordsForPeople.IsOne(unit);
}
