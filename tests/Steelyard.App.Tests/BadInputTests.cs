namespace Steelyard.App.Tests;

/// <summary>Whatever is wrong with what the user gives: one line on the error output, exit code 2, nothing
/// left behind.</summary>
public sealed class BadInputTests
{
    public static TheoryData<string, string> Mistakes => new()
    {
        { "run bnak", "did you mean \"bank\"?" },
        { "run", "expected a design, a file.yaml or an assembly, found nothing" },
        { "frob", "expected one of run, live, worlds, check, hunt, sweep, compare, replay, conform, list,"
            + " law, fit, pbs, cache, autoscale, retries, amplification, doctor, found \"frob\"" },
        { "run bank --sede 3", "steelyard run bank has no option --sede; did you mean \"--seed\"?" },
        { "run bank --replication rft",
            "--replication: expected one of raft, write-all, async, found \"rft\"" },
        { "run bank --seed abc", "--seed: expected a seed such as 42 or 0x2a, found \"abc\"" },
        { "run bank --nodes 0", "--nodes: expected a whole number of at least 1, found \"0\"" },
        { "run bank --clients -1", "--clients: expected a whole number of at least 1, found \"-1\"" },
        { "run bank --rate 0", "--rate: expected operations a second, above 0, found \"0\"" },
        { "run bank --duration 5",
            "--duration: expected a time such as 250ms, 5s or 2m, above 0, found \"5\"" },
        { "run bank --faults crsh", "did you mean \"crash\"?" },
        { "run bank --faults absent.yaml", "absent.yaml: there is no such file" },
        { "run register --replication quorum --n 3 --r 4",
            "expected at most the 3 replicas of --n, found 4" },
        { "run absent.yaml", "absent.yaml: there is no such file" },
        { "run bad.yaml", "bad.yaml:2:9: design: expected" },
        { "run broken.yaml", "broken.yaml:3:1: expected YAML" },
        { "run bank --faults late.yaml", "late.yaml:4:9: at: expected a time before the end of the run" },
        { "run bank --faults late.yaml --out unmade", "late.yaml:4:9" },
        { "run bank --out a-file/run", "expected a folder that can be written" },
        { "check", "steelyard check: expected <history>, found nothing" },
        { "run bank --seed", "--seed: expected <number>, found nothing" },
        { "check absent --model register", "absent: there is no such file" },
        { "check two-open.jsonl --model register", "two-open.jsonl line 2" },
        { "check one.jsonl", "expected --model <which>, found none; its operations look like register" },
        { "check one.jsonl --modl register", "has no option --modl; did you mean \"--model\"?" },
        { "check one.jsonl --model register --consistency causl", "did you mean \"causal\"?" },
        { "check one.jsonl --model register --report pdf", "expected html or a file that ends in .html" },
        { "check one.jsonl broken.edn --model register --report a.html", "expected html for 2 histories" },
        { "list modls", "did you mean \"models\"?" },
        { "check broken.jsonl --model register", "broken.jsonl is cut short at line" },
        { "check broken.edn --model register", "broken.edn line 1 column 32" },
        { "check two-open.jsonl --model registr", "did you mean \"register\"?" },
        { "check two-open.jsonl --model register --format jsn", "unknown history format \"jsn\"" },
        { "hunt bank --seeds 5..", "--seeds: expected a range such as 1..1000, found \"5..\"" },
        { "hunt bank --workers 0", "--workers: expected a whole number from 1 to 1024, found \"0\"" },
        { "doctor --app absent.dll", "absent.dll: expected an assembly, there is no such file" },
        { "doctor --app bad.yaml", "bad.yaml: expected an assembly of .NET" },
        { "run absent.dll", "expected an assembly, found no file absent.dll" },
        { "run no-assembly.dll", "no-assembly.dll: expected a .NET assembly, found another kind of file" },
        { "hunt absent.dll --design", "--design: expected <name>, found nothing" },
        { "list absent.dll", "expected an assembly, found no file absent.dll" },
        { "run bank --design bank", "steelyard run bank has no option --design" },
        { "check  --model register", "expected the path of a history, found \"\"" },
        { "run register --out ", "expected the path of a file or a folder, found \"\"" },
        { "replay absent", "expected the folder of a run, found no folder absent" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void One_clear_line_and_exit_code_2(string line, string told)
    {
        using var steelyard = new SteelyardProcess();
        steelyard.Write("bad.yaml", "kind: scenario\ndesign: bnak\n");
        steelyard.Write("broken.yaml", "kind: scenario\ndesign: [\n");
        steelyard.Write(
            "late.yaml", "kind: faults\nfaults:\n  - fault: crash\n    at: 99h\n    nodes: [n1]\n");
        steelyard.Write("a-file", "");
        steelyard.Write("no-assembly.dll", "no assembly");
        steelyard.Write(
            "two-open.jsonl",
            """
            {"process":0,"type":"invoke","f":"read","value":null}
            {"process":0,"type":"invoke","f":"read","value":null}

            """);
        steelyard.Write("one.jsonl", "{\"process\":0,\"type\":\"invoke\",\"f\":\"read\",\"value\":null}\n");
        steelyard.Write("broken.jsonl", "{\"process\":0,\n");
        steelyard.Write("broken.edn", "{:process 0, :type :invoke, :f }\n");
        var before = Directory.GetFileSystemEntries(steelyard.Folder);

        var run = steelyard.Run(line.Split(' '));

        Assert.Equal(2, run.Code);
        Assert.Equal("", run.Output);
        Assert.Contains(told, run.Error, StringComparison.Ordinal);
        Assert.StartsWith("steelyard: ", run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.TrimEnd('\n').Split('\n'));
        Assert.Equal(before, Directory.GetFileSystemEntries(steelyard.Folder));
    }
}
