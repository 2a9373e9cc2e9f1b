console.log("jobmon");
