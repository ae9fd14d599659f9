using System.Diagnostics;

namespace Steelyard.Live.Processes;

/// <summary>Programs of this machine that are run to their end.</summary>
internal static class Tool
{
    static readonly TimeSpan s_usually = TimeSpan.FromSeconds(60);

    /// <summary>Where a program is; null when it is not there.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="folders">Where else to look than on the PATH.</param>
    public static string? Find(string name, params IReadOnlyList<string> folders) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
            .Concat(["/usr/local/sbin", "/usr/sbin", "/sbin", .. folders])
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);

    /// <summary>Runs one.</summary>
    /// <returns>What it said.</returns>
    /// <exception cref="LiveException">It says that it failed, or takes too long.</exception>
    public static string Run(string program, IReadOnlyList<string> arguments, string? input = null) =>
        Run(new ProcessStartInfo(program, arguments), input: input);

    /// <summary>Runs one.</summary>
    /// <param name="start">The program.</param>
    /// <param name="atMost">How long it may take; a minute by default.</param>
    /// <param name="input">What it reads.</param>
    /// <returns>What it said.</returns>
    /// <exception cref="LiveException">It says that it failed, or takes too long.</exception>
    public static string Run(ProcessStartInfo start, TimeSpan? atMost = null, string? input = null)
    {
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        process.StandardInput.Write(input ?? "");
        process.StandardInput.Close();
        var words = string.Join(' ', [start.FileName, .. start.ArgumentList]);
        if (!process.WaitForExit(atMost ?? s_usually))
        {
            ProcessTree.KillAll(process.Id);
            throw new LiveException($"{words}: expected it to end within {atMost ?? s_usually}");
        }

        Task.WaitAll(output, errors);
        return process.ExitCode == 0
            ? output.Result
            : throw new LiveException(
                $"{words}: expected exit code 0, found {process.ExitCode}: "
                + Last(errors.Result.Length > 0 ? errors.Result : output.Result));
    }

    static string Last(string text) => string.Join(
        " / ",
        text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).TakeLast(3));
}
