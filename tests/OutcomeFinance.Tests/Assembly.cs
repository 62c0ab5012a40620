using Iop.TestKit;

[assembly: AssemblyFixture(typeof(Servers))]

namespace Iop.OutcomeFinance.Tests;

[CollectionDefinition("outcome finance")]
public sealed class OutcomeFinanceWorldIsShared : ICollectionFixture<OutcomeFinanceWorld>;
