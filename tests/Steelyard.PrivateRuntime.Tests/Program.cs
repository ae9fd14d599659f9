using Steelyard.PrivateRuntime.Tests;

// Tests start this assembly as a program that says what its clocks say; all else is the tests' own.
return args switch
{
    [Answers.Hooked] => Answers.Say(hooked: true),
    [Answers.Bare] => Answers.Say(hooked: false),
    _ => 2,
};
