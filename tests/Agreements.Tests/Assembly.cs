using Iop.TestKit;

[assembly: AssemblyFixture(typeof(Servers))]
