using System.CommandLine;
using System.CommandLine.Help;
using Steelyard.App.Commands;
using Steelyard.App.Terminals;
using Steelyard.Histories;
using Steelyard.Runs;
using Steelyard.Specs;
using Steelyard.Worlds;

namespace Steelyard.App;

/// <summary>The command line: parses, dispatches, and turns every failure into one line and an exit
/// code.</summary>
internal static class CommandLine
{
    const string Verbose = "--verbose";

    /// <summary>Runs one command line and returns its exit code.</summary>
    public static int Execute(IReadOnlyList<string> args, IReadOnlyList<IDesign> designs, Terminal terminal)
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
            return Failed(failure, verbose, terminal);
        }
        catch (IOException problem) when (terminal.OutputIsGone(problem))
        {
            // Nobody reads on (a closed pipe, as with head): not a failure worth words.
            return ExitCodes.Held;
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

        var catalogue = new DesignCatalogue(designs);
        var (words, users) = DesignEntry.Take(args, catalogue);
        var root = Root(catalogue, users, terminal);
        var parsed = root.Parse(
            words, new() { ResponseFileTokenReplacer = null, EnablePosixBundling = false });
        if (parsed.Errors.Count > 0 && parsed.Action is not (HelpWithExamples or ShowVersion))
            throw ParseMistakes.Of(parsed, designs);
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
            CheckCommandLine.Create(designs, terminal),
            HuntCommandLine.Create(designs, entries, terminal),
            ReplayCommandLine.Create(designs, terminal),
            ConformCommandLine.Create(terminal),
            ListCommandLine.Create(designs, terminal),
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

    // The user's design, not ours: its author needs the place, and the way back to it.
    static int Failed(DesignFailedException failure, bool verbose, Terminal terminal)
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
        terminal.Error(
            $"steelyard: a bug of Steelyard's, version {ResultJson.Version}: {bug.GetType().Name}: "
                + $"{OneLine(bug.Message)};"
            + " please report it with this command "
            + $"line{(verbose ? "" : $" and what {Verbose} adds to it")}");
        if (verbose)
            terminal.Error(bug.ToString());
        return ExitCodes.OurBug;
    }

    /// <summary>A text without line breaks.</summary>
    internal static string OneLine(string text) => text.ReplaceLineEndings(" ");
}
