using System.Diagnostics;
using Samples.GossipSets;
using Steelyard.Histories;
using Steelyard.Runs;
using Steelyard.Simulation;
using Steelyard.Specs;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Tests.Samples;

/// <summary>The sample is run as its readers run it, and says what the text beside it says.</summary>
public sealed class GossipSetSampleTests
{
    static readonly string Folder = Path.Combine(Repository.Root, "samples", "01-gossip-set");

    [Fact]
    public void Gossip_forgives_a_partition()
    {
        var run = Run(typeof(GossipSetDesign).Assembly.Location, FaultChoice.Story);

        Assert.NotEmpty(run.Faults.Faults);
        var verdict = Assert.Single(run.Verdicts);
        Assert.Equal(Validity.Valid, verdict.Validity);
        Assert.StartsWith("all ", verdict.Summary);
    }

    [Fact]
    public void Gossip_does_not_forgive_a_crash_of_everybody()
    {
        var run = Run(
            typeof(GossipSetDesign).Assembly.Location, FaultChoice.Named(Path.Combine(Folder, "crash.yaml")));

        Assert.Equal(Validity.Invalid, Assert.Single(run.Verdicts).Validity);
        Assert.StartsWith("1 was added, then not read by n1", run.Verdicts[0].Summary);
    }

    [Fact]
    public void A_copy_outside_of_the_clone_is_built_and_run()
    {
        using var place = new TemporaryFolder();
        foreach (var file in Directory.EnumerateFiles(Folder))
            File.Copy(file, place.File(Path.GetFileName(file)));

        Build(place.Path);

        var copied = Run(place.File("bin/Release/net10.0/GossipSetSample.dll"), FaultChoice.Story);
        Assert.Equal(
            Run(typeof(GossipSetDesign).Assembly.Location, FaultChoice.Story).World.History.Hash,
            copied.World.History.Hash);
    }

    static RunResult Run(string assembly, FaultChoice faults) => Steelyard.Runs.Run.Execute(
        new DesignCatalogue([]).Prepare(
            new() { Assembly = assembly, Design = "gossip-set", Faults = faults }),
        new SimulatedWorld(), RunControl.None);

    static void Build(string folder)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            UseShellExecute = false,
            ArgumentList =
            {
                "build", "-c", "Release", "-v", "q", "--nologo",
                $"-p:SteelyardFolder={AppContext.BaseDirectory.TrimEnd('/')}",
            },
        };
        using var build = Process.Start(start)!;
        var said = build.StandardOutput.ReadToEnd();
        build.WaitForExit();
        Assert.True(build.ExitCode == 0, said);
    }
}
