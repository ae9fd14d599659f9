using Steelyard.Histories;
using Steelyard.Hunts;
using Steelyard.Replays;
using Steelyard.Runs;
using Steelyard.Simulation;
using Steelyard.Specs;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Tests.Specs;

public sealed class DesignCatalogueTests : IDisposable
{
    const string Echoes = "Parts.Scenario(\"mine\", world => new Echo(world))";

    readonly TemporaryFolder _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public void A_public_design_is_found_and_runs()
    {
        var path = Compile("Good", Compiled.Design("Mine", "mine", Echoes));

        var run = Run(path, "mine");

        Assert.Equal(Validity.Valid, Assert.Single(run.Verdicts).Validity);
        Assert.StartsWith($"steelyard run {path} --design mine --seed 0x1", RunCommand.Of(run.Spec));
    }

    [Fact]
    public void A_public_method_that_makes_a_scenario_is_enough()
    {
        var path = Compile(
            "Bare", $"public static class Mine {{ public static Scenario Make() => {Echoes}; }}");
        var spec = new RunSpec
        {
            Assembly = path, Design = "mine", Common = new() { Clients = 7, RatePerSecond = 30 },
        };

        var run = Steelyard.Runs.Run.Execute(
            new DesignCatalogue([]).Prepare(spec), new SimulatedWorld(), RunControl.None);

        Assert.Equal((7, 30), (run.Scenario.Load.Clients, run.Scenario.Load.RatePerSecond));
        Assert.True(run.World.History.Count > 20);
    }

    [Fact]
    public void Its_run_is_replayed_from_its_folder()
    {
        var path = Compile("Good", Compiled.Design("Mine", "mine", Echoes));
        var run = Run(path, "mine");
        var folder = RunFolder.Make(_place.File("run"), run.Request);
        folder.Write(run, trace: null);

        var replay = Replay.Execute(
            folder, new([]), new SimulatedWorld(), RunControl.None);

        Assert.True(replay.IsSame);
        Assert.Contains("assembly: \"../Good.dll\"\n", File.ReadAllText(folder.Scenario));
    }

    [Fact]
    public void Of_several_designs_one_must_be_named()
    {
        var path = Compile(
            "Two", Compiled.Design("One", "one", Echoes) + Compiled.Design("Other", "other", Echoes));
        var catalogue = new DesignCatalogue([]);

        Assert.Equal("other", catalogue.Find(path, "other").Name);
        Told($"expected a design of {path} after --design (one, other), found none",
            () => catalogue.Find(path, null));
        Told(
            $"expected a design of {path} after --design (one, other), found \"oter\"; "
                + "did you mean \"other\"?",
            () => catalogue.Find(path, "oter"));
    }

    [Fact]
    public void What_is_no_file_or_no_assembly_is_told_in_a_line()
    {
        var text = _place.Write("text.dll", "not an assembly");

        Told($"expected an assembly, found no file {_place.File("absent.dll")}",
            () => new DesignCatalogue([]).Of(_place.File("absent.dll")));
        Told($"{text}: expected a .NET assembly, found another kind of file",
            () => new DesignCatalogue([]).Of(text));
    }

    [Theory]
    [InlineData("public class Nothing { }", "; found none")]
    [InlineData("internal", "; found Mine, which is not public")]
    [InlineData("parameters", "; found Mine, which has no such constructor")]
    public void An_assembly_without_a_design_says_what_is_nearest(string kind, string end)
    {
        var mine = Compiled.Design(
            "Mine", "mine", Echoes, kind == "parameters" ? "public Mine(int x) { }" : "");
        var source = kind switch
        {
            "internal" => mine.Replace("public sealed class Mine", "internal sealed class Mine",
                StringComparison.Ordinal),
            "parameters" => mine,
            _ => kind,
        };

        var told = Assert.Throws<UserMistakeException>(
            () => new DesignCatalogue([]).Of(Compile("None", source))).Message;

        Assert.Contains("expected a public type that implements IDesign", told);
        Assert.EndsWith(end, told);
    }

    [Fact]
    public void A_constructor_that_throws_is_told_with_what_it_threw()
    {
        var path = Compile(
            "Throws", Compiled.Design(
                "Mine", "mine", Echoes,
                "public Mine() => throw new InvalidOperationException(\"no luck\");"));

        Told(
            $"{path}: Mine threw InvalidOperationException: no luck",
            () => new DesignCatalogue([]).Of(path));
    }

    [Fact]
    public void A_dependency_that_is_missing_is_named()
    {
        var needed = Compiled.Into(_place, "Needed", "public class Base { }");
        var path = Compiled.Into(
            _place, "Needs", "public class Derived : Base { }\n" + Compiled.Design("Mine", "mine", Echoes)
            + Compiled.Parts, needed);
        File.Delete(needed);

        var told = Assert.Throws<UserMistakeException>(() => new DesignCatalogue([]).Of(path)).Message;

        Assert.StartsWith($"{path}: expected its dependency Needed, Version=0.0.0.0", told);
        Assert.EndsWith(" beside it, found none", told);
    }

    [Fact]
    public void A_node_that_throws_is_its_authors_failure_with_node_time_and_place()
    {
        const string throws = """
            public sealed class Breaks(INodeWorld world) : INode
            {
                public void Start() => world.SetTimer(TimeSpan.FromSeconds(1), Break);
                public void Receive(NodeId from, Message message) { }
                void Break() => throw new KeyNotFoundException("who was it");
            }

            """;
        var path = Compile("Breaks", throws + Compiled.Design(
            "Mine", "mine", "Parts.Scenario(\"mine\", world => new Breaks(world))"));

        var failure = Assert.Throws<DesignFailedException>(() => Run(path, "mine"));

        Assert.Matches(
            "^n1 failed at 1.000 s, event [0-9]+: KeyNotFoundException: who was it$", failure.Message);
        Assert.Matches("^at Breaks.Break in Breaks.cs:[0-9]+$", failure.Place);
        Assert.Equal($"steelyard run {path} --design mine --seed 0x1", failure.Repeat);
    }

    [Theory]
    [InlineData("build", "throw new FormatException(\"bad\")")]
    [InlineData("checker", "Parts.Scenario(\"mine\", w => new Echo(w)) with { Promises = new() { "
        + "Expectations = [new Bad()] } }")]
    public void Whatever_else_of_a_design_throws_is_its_authors_failure_too(string what, string build)
    {
        const string bad = """
            public sealed class Bad : IChecker
            {
                public string Name => "bad";
                public Verdict Check(History history) => throw new FormatException("bad");
            }

            """;
        var path = Compile($"Bad{what}", bad + Compiled.Design("Mine", "mine", build));
        var request = new DesignCatalogue([]).Prepare(new() { Assembly = path, Design = "mine" });

        var hunted = Hunt.Execute(new(() => new SimulatedWorld(), request, SeedRange.Parse("3..4")));

        Assert.Equal("it threw FormatException: bad", hunted.FirstFailed?.Summary);
        var failure = Assert.IsType<DesignFailedException>(hunted.FirstFailed?.Failure);
        Assert.Equal("it threw FormatException: bad", failure.Message);
        Assert.EndsWith("--seed 0x3", failure.Repeat);
    }

    [Fact]
    public void What_our_own_code_throws_outside_of_nodes_stays_our_bug()
    {
        var path = Compile("Good", Compiled.Design("Mine", "mine", Echoes));
        var request = new DesignCatalogue([]).Prepare(new() { Assembly = path, Design = "mine" });

        Assert.Throws<NullReferenceException>(
            () => Steelyard.Runs.Run.Execute(request, place: null!, RunControl.None));
    }

    string Compile(string name, string source) => Compiled.Into(_place, name, source + Compiled.Parts);

    static RunResult Run(string path, string design) => Steelyard.Runs.Run.Execute(
        new DesignCatalogue([]).Prepare(new() { Assembly = path, Design = design }),
        new SimulatedWorld(), RunControl.None);

    static void Told(string expected, Action act) =>
        Assert.Equal(expected, Assert.Throws<UserMistakeException>(act).Message);
}
