using System.CommandLine;
using System.CommandLine.Help;
using Steelyard.App.Commands;
using Steelyard.App.Commands.Retries;
using Steelyard.App.Live;
using Steelyard.App.Terminals;
using Steelyard.Files;
using Steelyard.Histories;
using Steelyard.Live;
using Steelyard.Runs;
using Steelyard.Specs;
using Steelyard.Worlds.Contracts;

namespace Steelyard.App;

/// <summary>The command line: parses, dispatches, and turns every failure into one line and an exit
/// code.</summary>
internal static class CommandLine
{
    /// <summary>The option that shows where a bug of ours happened.</summary>
    internal const string Verbose = "--verbose";

    /// <summary>Runs one command line and returns its exit code.</summary>
    public static int Execute(IReadOnlyList<string> args, IReadOnlyList<IDesign> designs, Terminal terminal)
    {
        var code = Run(args, designs, terminal);
        terminal.Output.Flush();
        if (terminal.OutputFailure is { } failure)
        {
            terminal.Error($"steelyard: expected to write the output, found: {OneLine(failure)}");
            return ExitCodes.EnvironmentLacks;
        }

        // Words that went lost on the error output leave a complaint its own code.
        var isLost = code == ExitCodes.Held && terminal.ErrorFailure is not null;
        return isLost ? ExitCodes.EnvironmentLacks : code;
    }

    static int Run(IReadOnlyList<string> args, IReadOnlyList<IDesign> designs, Terminal terminal)
    {
        var verbose = args.Contains(Verbose, StringComparer.Ordinal);
        try
        {
            return Dispatch(args, designs, terminal);
        }
        catch (UserMistakeException mistake)
        {
            terminal.Error($"steelyard: {OneLine(mistake.Message)}");
            return ExitCodes.UserMistake;
        }
        catch (DesignFailedException failure)
        {
            return Tell(failure, verbose, terminal);
        }
        catch (OperationCanceledException)
        {
            terminal.Error("steelyard: interrupted before anything was run");
            return ExitCodes.Interrupted;
        }
        catch (Exception lacking) when (lacking is CannotWriteException or LiveException)
        {
            terminal.Error($"steelyard: {OneLine(lacking.Message)}");
            return ExitCodes.EnvironmentLacks;
        }
        catch (Exception bug)
        {
            return OurBug(bug, verbose, terminal);
        }
    }

    static int Dispatch(IReadOnlyList<string> args, IReadOnlyList<IDesign> designs, Terminal terminal)
    {
        if (args.Count == 0)
        {
            Welcome.Write(terminal, designs);
            return ExitCodes.Held;
        }

        var catalogue = new DesignCatalogue(designs, EveryDesign.Engines);
        var (words, users) = DesignEntry.Take(args, catalogue);
        var root = Root(catalogue, users, terminal);
        var parsed = root.Parse(
            words, new() { ResponseFileTokenReplacer = null, EnablePosixBundling = false });
        if (parsed.Errors.Count > 0 && parsed.Action is not (HelpWithExamples or ShowVersion))
            throw ParseMistakes.Of(parsed, designs, users);
        return parsed.Invoke(new()
        {
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
            Output = terminal.Output,
            Error = terminal.ErrorOutput,
        });
    }

    static Command Root(DesignCatalogue designs, DesignEntry? users, Terminal terminal)
    {
        var entries = DesignEntry.Of(designs, users);
        var root = new Command(terminal.Command, "Steelyard weighs a distributed design before its users do.")
        {
            RunCommandLine.Create(designs, entries, terminal),
            RunCommandLine.CreateLive(designs, terminal),
            WorldsCommandLine.Create(designs, terminal),
            CheckCommandLine.Create(designs, terminal),
            HuntCommandLine.Create(designs, entries, terminal),
            SweepCommandLine.Create(designs, entries, terminal),
            CompareCommandLine.Create(entries, terminal),
            ReplayCommandLine.Create(designs, terminal),
            ConformCommandLine.Create(designs, terminal),
            ListCommandLine.Create(designs, terminal),
            LawCommandLine.Create(terminal),
            FitCommandLine.Create(terminal),
            PbsCommandLine.Create(terminal),
            CacheCommandLine.Create(terminal),
            AutoscaleCommandLine.Create(terminal),
            RetriesCommandLine.Create(terminal),
            AmplificationCommandLine.Create(terminal),
            DoctorCommandLine.Create(terminal),
        };
        root.Add(new Option<bool>(
            Verbose) { Description = "On a bug of ours, show where it happened", Recursive = true });
        var help = new HelpOption { Recursive = true, Description = "Show what there is, with an example" };
        help.Action = new HelpWithExamples((HelpAction)help.Action!, terminal);
        root.Add(help);
        root.Add(new Option<bool>(
            "--version") { Description = "Show the version", Action = new ShowVersion(terminal) });
        root.SetAction(_ => NothingAsked(root));
        Examples.Of(root, "steelyard run bank", "steelyard run --help", "steelyard list");
        return root;
    }

    static int NothingAsked(Command root) => throw new UserMistakeException(
        "expected a command, found none; the commands are "
            + $"{string.Join(", ", root.Subcommands.Select(c => c.Name))}");

    /// <summary>Tells what a user's design threw: its author needs the place, and the way back to
    /// it.</summary>
    internal static int Tell(DesignFailedException failure, bool verbose, Terminal terminal)
    {
        terminal.Error($"steelyard: {failure.Spec.Design} failed: {OneLine(failure.Message)}");
        if (failure.Place is { } place)
            terminal.Error($"  {place}");
        terminal.Error($"  repeat: {terminal.Named(failure.Repeat)}");
        if (verbose)
            terminal.Error(failure.InnerException!.ToString());
        return ExitCodes.Broken;
    }

    static int OurBug(Exception bug, bool verbose, Terminal terminal)
    {
        terminal.Error(Told(bug) + (verbose ? "" : $" and what {Verbose} adds to it"));
        if (verbose)
            terminal.Error(bug.ToString());
        return ExitCodes.OurBug;
    }

    /// <summary>A bug of ours in one line.</summary>
    internal static string Told(Exception bug) =>
        $"steelyard: a bug of Steelyard's, version {ResultJson.Version}: {bug.GetType().Name}: "
            + $"{OneLine(bug.Message)}; please report it with this command line";

    /// <summary>A text without line breaks.</summary>
    internal static string OneLine(string text) =>
        string.Concat(text.ReplaceLineEndings(" ").Select(one => char.IsControl(one) ? ' ' : one));
}
